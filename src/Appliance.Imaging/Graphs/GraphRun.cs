using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Imaging.Graphs;

/// <summary>Runs a graph and says what went wrong in this engine's terms.</summary>
internal static class GraphRun
{
    /// <exception cref="ImagingException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public static void Run(GraphSession graph, RunOptions options, OrtIoBinding binding, string path, CancellationToken cancellationToken)
    {
        try
        {
            BoundRun.Run(graph, options, binding, cancellationToken);
        }
        catch (OnnxRuntimeException problem) when (MemoryFault.Is(problem))
        {
            throw new ImagingException(ImagingError.OutOfMemory, "there is not enough memory for this picture: ask for a smaller one, use a smaller model, or end other programs", problem);
        }
        catch (OnnxRuntimeException problem)
        {
            throw new ImagingException(ImagingError.EngineFailed, $"ONNX Runtime can't run {path} ({problem.Message}): try another size, or export the model again", problem);
        }
    }
}
