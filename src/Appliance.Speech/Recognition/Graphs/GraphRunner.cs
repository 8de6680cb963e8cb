using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs;

/// <summary>Makes the calls into ONNX Runtime: timed, and ended by their token.</summary>
/// <param name="folder">Where the graphs came from; for messages.</param>
internal sealed class GraphRunner(string folder) : IDisposable
{
    private static readonly Action<object?> Terminate = static options => ((RunOptions)options!).Terminate = true;

    private readonly RunOptions _options = new();

    /// <summary>Time spent, and the calls that were made.</summary>
    public GraphCalls Calls { get; } = new();

    /// <summary>Keeps ONNX Runtime from writing to standard error about calls that are expected to fail.</summary>
    public void Quieten() => _options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

    /// <summary>Runs a graph on what is bound; allocates nothing managed once the token's source has been used.</summary>
    public void Run(GraphSession graph, OrtIoBinding binding, GraphCall call, CancellationToken cancellationToken) =>
        Run(graph.Session, binding, call, waits: !graph.ReadsProcessorMemory, cancellationToken);

    /// <summary>The same for a session of which it is not known where it reads: waits for devices.</summary>
    public void Run(InferenceSession session, OrtIoBinding binding, GraphCall call, CancellationToken cancellationToken) =>
        Run(session, binding, call, waits: true, cancellationToken);

    /// <summary>Frees the options.</summary>
    public void Dispose() => _options.Dispose();

    private void Run(
        InferenceSession session, OrtIoBinding binding, GraphCall call, bool waits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        try
        {
            // disposing waits for a callback that is running, so that none can end a later call
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(Terminate, _options);
            if (waits)
            {
                binding.SynchronizeBoundInputs();
            }

            session.RunWithBinding(_options, binding);
            if (waits)
            {
                binding.SynchronizeBoundOutputs();
            }
        }
        catch (OnnxRuntimeException problem) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("the model was stopped", problem, cancellationToken);
        }
        catch (OnnxRuntimeException problem)
        {
            throw GraphFault.Unloadable(
                folder, $"ONNX Runtime cannot run the {call.Kind} call of {folder} ({problem.Message}): fetch or export the model again", problem);
        }
        finally
        {
            _options.Terminate = false;
        }

        Calls.Add(call, Stopwatch.GetTimestamp() - start);
    }
}
