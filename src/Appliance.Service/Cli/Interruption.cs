using System.Runtime.InteropServices;

namespace Appliance.Service.Cli;

/// <summary>Ctrl-C and the signals that ask a program to end: first the work is cancelled, a second time the program just ends.</summary>
internal sealed class Interruption : IDisposable
{
    // the work stops within a fraction of this unless it waits for something outside

    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _overdue = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;
    private ITimer? _timer;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take),
    ];

    /// <summary>Time that the work has to end by itself.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Cancelled when the program is to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Completes when the work did not end in time.</summary>
    public Task Overdue => _overdue.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _timer?.Dispose();
        _source.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        _timer = TimeProvider.System.CreateTimer(_ => _overdue.TrySetResult(), null, Grace, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
