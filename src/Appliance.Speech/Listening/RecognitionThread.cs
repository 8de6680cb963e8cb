using System.Runtime.ExceptionServices;

namespace Appliance.Speech.Listening;

/// <summary>The thread that recognises.</summary>
internal sealed class RecognitionThread
{
    private readonly Thread _thread;
    private volatile ExceptionDispatchInfo? _fault;

    /// <summary>Starts it.</summary>
    public RecognitionThread(ListenRun run, RecognitionWorker worker, CancellationToken cancellationToken)
    {
        _thread = new Thread(() => Work(run, worker, cancellationToken)) { Name = "recognition", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What ended it before its time; null while all is well, and after a cancellation.</summary>
    public ExceptionDispatchInfo? Fault => _fault;

    /// <summary>True when it has ended.</summary>
    public bool HasEnded => !_thread.IsAlive;

    /// <summary>Waits for its end.</summary>
    public void Join() => _thread.Join();

    private void Work(ListenRun run, RecognitionWorker worker, CancellationToken cancellationToken)
    {
        try
        {
            worker.Work(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the caller knows
        }
        catch (Exception fault)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
            run.Queue.Abandon();
        }
    }
}
