using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Imaging.Graphs;

/// <summary>
/// One graph of a diffusion model, run once or a few times a picture: float32 values go in and come out, whatever the element types of its
/// inputs and outputs. One run at a time.
/// </summary>
internal sealed class ComponentGraph : IDisposable
{
    private readonly GraphSession _graph;
    private readonly RunOptions _options = new();
    private readonly RunOptions _shrinking = new();

    /// <param name="session">Owned from here on.</param>
    /// <param name="path">The file, for messages.</param>
    public ComponentGraph(InferenceSession session, string path)
    {
        _graph = new GraphSession(session);
        Path = path;
        _shrinking.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The session, for those who bind it themselves.</summary>
    public GraphSession Session => _graph;

    /// <summary>Time spent in ONNX Runtime.</summary>
    public EngineTime Time { get; } = new();

    /// <summary>Names of the inputs.</summary>
    public IEnumerable<string> InputNames => _graph.Session.InputMetadata.Keys;

    /// <summary>Names of the outputs.</summary>
    public IEnumerable<string> OutputNames => _graph.Session.OutputMetadata.Keys;

    /// <summary>Type and shape of an input; −1 and lower where an axis is free.</summary>
    /// <exception cref="ModelException">There is none of that name.</exception>
    public NodeMetadata Input(string name) => _graph.Session.InputMetadata.TryGetValue(name, out NodeMetadata? input)
        ? input
        : throw Unlike($"no input \"{name}\"");

    /// <summary>Type and shape of an output.</summary>
    /// <exception cref="ModelException">There is none of that name.</exception>
    public NodeMetadata Output(string name) => _graph.Session.OutputMetadata.TryGetValue(name, out NodeMetadata? output)
        ? output
        : throw Unlike($"no output \"{name}\"");

    /// <summary>Runs the graph.</summary>
    /// <param name="input">Name of the only input.</param>
    /// <param name="values">Its values.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="outputs">Names of the outputs that are wanted.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The outputs in that order.</returns>
    /// <exception cref="ImagingException">The run failed.</exception>
    public Tensor[] Run(string input, ReadOnlySpan<float> values, long[] shape, IReadOnlyList<string> outputs, CancellationToken cancellationToken) =>
        Run(input, values, shape, outputs, _options, cancellationToken);

    /// <summary>
    /// The same, and gives back what larger runs before took: ONNX Runtime keeps it else, and frees it only at the end of a run that says
    /// so. Always doing that costs a fifth of the time of a large decoding (pages are cleared anew).
    /// </summary>
    public void RunAndShrink(string input, ReadOnlySpan<float> values, long[] shape, IReadOnlyList<string> outputs) =>
        _ = Run(input, values, shape, outputs, _shrinking, CancellationToken.None);

    /// <summary>A graph that is not of the layout.</summary>
    public ModelException Unlike(string problem) =>
        new(ModelError.Unsupported, Path, $"{Path} has {problem}: use a model in the ONNX layout of diffusers or optimum");

    /// <inheritdoc/>
    public void Dispose()
    {
        _options.Dispose();
        _shrinking.Dispose();
        _graph.Session.Dispose();
    }

    private Tensor[] Run(string input, ReadOnlySpan<float> values, long[] shape, IReadOnlyList<string> outputs, RunOptions options, CancellationToken cancellationToken)
    {
        TensorElementType type = Input(input).ElementDataType;
        using NativeBuffer buffer = new();
        buffer.Reserve((long)values.Length * ElementConversion.Bytes(type));
        ElementConversion.Write(values, buffer, type);
        using OrtValue view = buffer.View(type, shape);
        using OrtIoBinding binding = _graph.Session.CreateIoBinding();
        binding.BindInput(input, view);
        foreach (string output in outputs)
        {
            binding.BindOutputToDevice(output, OrtMemoryInfo.DefaultInstance);
        }

        Time.Run(() => GraphRun.Run(_graph, options, binding, Path, cancellationToken));
        using IDisposableReadOnlyCollection<OrtValue> results = binding.GetOutputValues();
        return [.. results.Select(Read)];
    }

    private static Tensor Read(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        float[] values = new float[info.ElementCount];
        if (info.ElementDataType == TensorElementType.Float16)
        {
            System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(System.Runtime.InteropServices.MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>()), values);
        }
        else
        {
            value.GetTensorDataAsSpan<float>().CopyTo(values);
        }

        return new(values, info.Shape);
    }
}
