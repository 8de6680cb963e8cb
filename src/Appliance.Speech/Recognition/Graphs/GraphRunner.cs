using System.Diagnostics;
using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs;

/// <summary>Makes the calls into ONNX Runtime: timed, and ended by their token.</summary>
internal sealed class GraphRunner : IDisposable
{
    private readonly RunOptions _options = new();
    private readonly RunOptions _shrinking = new();
    private readonly string _folder;

    /// <param name="folder">Where the graphs came from; for messages.</param>
    public GraphRunner(string folder)
    {
        _folder = folder;
        _shrinking.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
    }

    /// <summary>
    /// A prompt of a few hundred tokens takes tens of megabytes for a moment, which the arena would keep through all the steps
    /// and the next encoder call: it gives them back.
    /// </summary>
    private RunOptions Options(GraphCallKind kind) => kind is GraphCallKind.Prompt or GraphCallKind.Align ? _shrinking : _options;

    /// <summary>Time spent, and the calls that were made.</summary>
    public GraphCalls Calls { get; } = new();

    /// <summary>Keeps ONNX Runtime from writing to standard error about calls that are expected to fail.</summary>
    public void Quieten()
    {
        _options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        _shrinking.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
    }

    /// <summary>Runs a graph on what is bound; allocates nothing managed once the token's source has been used.</summary>
    public void Run(GraphSession graph, OrtIoBinding binding, GraphCall call, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            BoundRun.Run(graph, Options(call.Kind), binding, cancellationToken);
        }
        catch (OnnxRuntimeException problem)
        {
            throw GraphFault.Unloadable(
                _folder, $"ONNX Runtime cannot run the {call.Kind} call of {_folder} ({problem.Message}): fetch or export the model again", problem);
        }

        Calls.Add(call, Stopwatch.GetTimestamp() - start);
    }

    /// <summary>Frees the options.</summary>
    public void Dispose()
    {
        _options.Dispose();
        _shrinking.Dispose();
    }
}
