using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>Runs graphs so that a token can end them.</summary>
internal static class BoundRun
{
    private static readonly Action<object?> Terminate = static options => ((RunOptions)options!).Terminate = true;

    /// <summary>Runs a graph on what is bound; allocates nothing managed once the token's source has been used.</summary>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    /// <exception cref="OnnxRuntimeException">It failed.</exception>
    public static void Run(GraphSession graph, RunOptions options, OrtIoBinding binding, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool waits = !graph.ReadsProcessorMemory;
        try
        {
            // disposing waits for a callback that is running, so that none can end a later call
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(Terminate, options);
            if (waits)
            {
                binding.SynchronizeBoundInputs();
            }

            graph.Session.RunWithBinding(options, binding);
            if (waits)
            {
                binding.SynchronizeBoundOutputs();
            }
        }
        catch (OnnxRuntimeException problem) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("the model was stopped", problem, cancellationToken);
        }
        finally
        {
            options.Terminate = false;
        }
    }
}
