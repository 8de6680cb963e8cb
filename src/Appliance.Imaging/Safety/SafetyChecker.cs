using Appliance.Imaging.Graphs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Imaging.Safety;

/// <summary>
/// The safety checker that a model's folder may have: <c>clip_input</c> [1, 3, side, side], the picture as its feature extractor makes it, and
/// <c>images</c> [1, H, W, 3] from 0 to 1, to <c>has_nsfw_concepts</c> [1].
/// </summary>
internal sealed class SafetyChecker : IDisposable
{
    private const string ClipInput = "clip_input";
    private const string Images = "images";
    private const string Answer = "has_nsfw_concepts";

    private readonly ComponentGraph _graph;
    private readonly FeatureExtractor _extractor;
    private readonly RunOptions _options = new();

    /// <param name="graph">Owned from here on.</param>
    /// <param name="extractor">How pictures are made ready for it.</param>
    /// <exception cref="Inference.Models.ModelException">The graph is not one of this layout.</exception>
    public SafetyChecker(ComponentGraph graph, FeatureExtractor extractor)
    {
        _graph = graph;
        _extractor = extractor;
        _ = graph.Input(ClipInput);
        _ = graph.Output(Answer);
    }

    /// <summary>Time spent in ONNX Runtime.</summary>
    public EngineTime Time => _graph.Time;

    /// <summary>Whether the picture shows what the checker was trained to find.</summary>
    /// <exception cref="ImagingException">The checker failed.</exception>
    public bool Finds(RgbImage image, CancellationToken cancellationToken)
    {
        using OrtIoBinding binding = _graph.Session.Session.CreateIoBinding();
        using BoundTensor clip = new(_graph.Input(ClipInput), [1, 3, _extractor.Side, _extractor.Side]);
        clip.Write(_extractor.Extract(image));
        binding.BindInput(ClipInput, clip.View);
        using BoundTensor? pixels = _graph.InputNames.Contains(Images) ? new(_graph.Input(Images), [1, image.Height, image.Width, 3]) : null;
        if (pixels is not null)
        {
            pixels.Write([.. image.Pixels.Select(value => value / 255f)]);
            binding.BindInput(Images, pixels.View);
        }

        binding.BindOutputToDevice(Answer, OrtMemoryInfo.DefaultInstance);
        foreach (string other in _graph.OutputNames.Where(name => name != Answer))
        {
            binding.BindOutputToDevice(other, OrtMemoryInfo.DefaultInstance);
        }

        Time.Run(() => GraphRun.Run(_graph.Session, _options, binding, _graph.Path, cancellationToken));
        using IDisposableReadOnlyCollection<OrtValue> results = binding.GetOutputValues();
        OrtValue answer = results[0];
        return answer.GetTensorTypeAndShape().ElementDataType == TensorElementType.Bool
            ? answer.GetTensorDataAsSpan<bool>().Contains(true)
            : answer.GetTensorDataAsSpan<long>().ContainsAnyExcept(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _options.Dispose();
        _graph.Dispose();
    }
}
