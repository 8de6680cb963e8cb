using System.Diagnostics;
using Appliance.Inference.Models;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs;

/// <summary>Runs bound sessions: times each call, ends it on cancellation, turns ONNX Runtime's failures into ours.</summary>
internal sealed class GraphRunner : IDisposable
{
    private readonly RunOptions _options = new();
    private readonly string _modelPath;

    /// <param name="modelPath">Folder of the model, for errors.</param>
    public GraphRunner(string modelPath) => _modelPath = modelPath;

    /// <summary>The calls so far.</summary>
    public GraphCalls Calls { get; } = new();

    /// <summary>Makes one call.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the call.</exception>
    /// <exception cref="ModelException">ONNX Runtime failed.</exception>
    public void Run(InferenceSession session, OrtIoBinding binding, GraphCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        try
        {
            using CancellationTokenRegistration registration =
                cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _options);
            session.RunWithBinding(_options, binding);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(ModelError.Unloadable, _modelPath, $"ONNX Runtime failed in {call.Kind}: {e.Message}", e);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _options.Terminate = false;
            }
        }

        Calls.Add(call, Stopwatch.GetTimestamp() - start);
    }

    public void Dispose() => _options.Dispose();
}
