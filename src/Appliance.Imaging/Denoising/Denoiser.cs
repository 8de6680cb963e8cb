using System.Diagnostics;
using Appliance.Imaging.Graphs;
using Appliance.Imaging.Prompts;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Imaging.Denoising;

/// <summary>
/// The UNet: <c>sample</c> [rows, channels, h, w], <c>timestep</c> of rank 0 or 1 and <c>encoder_hidden_states</c> [rows, tokens, width] to
/// <c>out_sample</c>, with <c>timestep_cond</c>, <c>text_embeds</c> and <c>time_ids</c> where the graph has them. Bound once for each shape;
/// a call allocates nothing.
/// </summary>
internal sealed class Denoiser : IDisposable
{
    private readonly ComponentGraph _graph;
    private readonly RunOptions _options = new();
    private readonly RunOptions _shrinking = new();
    private readonly float[] _timestepValue = new float[1];
    private Binding? _binding;

    /// <param name="graph">Owned from here on.</param>
    /// <exception cref="Inference.Models.ModelException">The graph is not a UNet of this layout.</exception>
    public Denoiser(ComponentGraph graph)
    {
        _graph = graph;
        _shrinking.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        foreach (string name in graph.InputNames)
        {
            if (name is not ("sample" or "timestep" or "encoder_hidden_states" or "timestep_cond" or "text_embeds" or "time_ids"))
            {
                throw graph.Unlike($"an input \"{name}\" that this program does not know");
            }

            if (!ElementConversion.IsPossible(graph.Input(name).ElementDataType))
            {
                throw graph.Unlike($"an input \"{name}\" of element type {graph.Input(name).ElementDataType}");
            }
        }

        if (graph.Input("timestep").Dimensions.Length > 1)
        {
            throw graph.Unlike("a timestep that is neither one number nor a list of them");
        }

        int width = graph.Input("encoder_hidden_states").Dimensions[^1];
        EmbeddingWidth = width > 0 ? width : null;
        ConditionWidth = graph.InputNames.Contains("timestep_cond") ? Positive(graph.Input("timestep_cond").Dimensions[^1], "timestep_cond") : 0;
        IsXl = graph.InputNames.Contains("time_ids");
        int channels = graph.Output("out_sample").Dimensions[1];
        LatentChannels = channels > 0 ? channels : null;
    }

    /// <summary>Width of the embedding, when the graph says it.</summary>
    public int? EmbeddingWidth { get; }

    /// <summary>Width of the guidance embedding that models distilled for it take; 0 for others.</summary>
    public int ConditionWidth { get; }

    /// <summary>Whether pooled embeddings and sizes go in, as in Stable Diffusion XL.</summary>
    public bool IsXl { get; }

    /// <summary>Channels of the latents, when the graph says them.</summary>
    public int? LatentChannels { get; }

    /// <summary>Time spent in ONNX Runtime.</summary>
    public EngineTime Time => _graph.Time;

    /// <summary>Prepares for the steps of a picture.</summary>
    /// <param name="embedding">The prompts: one row, or two with the negative one first.</param>
    /// <param name="size">Shape of the latents of one picture.</param>
    /// <param name="condition">The guidance embedding, shape [rows, <see cref="ConditionWidth"/>]; empty for other models.</param>
    public void Begin(PromptEmbedding embedding, LatentSize size, ReadOnlySpan<float> condition)
    {
        if (_binding is null || !_binding.Fits(embedding, size))
        {
            Check(embedding, size);
            _binding?.Dispose();
            _binding = new Binding(_graph, embedding, size);
        }

        _binding.Write("encoder_hidden_states", embedding.Values);
        if (ConditionWidth > 0)
        {
            _binding.Write("timestep_cond", condition);
        }

        if (IsXl)
        {
            _binding.Write("text_embeds", embedding.Pooled!);
            _binding.Write("time_ids", embedding.TimeIds!);
        }
    }

    /// <summary>Runs the UNet on the same latents for every row.</summary>
    /// <param name="input">Latents after <c>ScaleModelInput</c>.</param>
    /// <param name="timestep">The timestep.</param>
    /// <param name="output">The outputs of all rows, one after the other.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ImagingException">The run failed.</exception>
    public void Run(ReadOnlySpan<float> input, float timestep, Span<float> output, CancellationToken cancellationToken) =>
        Run(_options, input, timestep, output, cancellationToken);

    /// <summary>Gives back the memory that large pictures took, by one call on latents of the least size.</summary>
    public void ReleaseMemory(PromptEmbedding embedding, LatentSize least)
    {
        Begin(embedding, least, new float[embedding.Rows * ConditionWidth]);
        Run(_shrinking, new float[least.Count], 1, new float[least.Count * embedding.Rows], CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding?.Dispose();
        _options.Dispose();
        _shrinking.Dispose();
        _graph.Dispose();
    }

    private void Run(RunOptions options, ReadOnlySpan<float> input, float timestep, Span<float> output, CancellationToken cancellationToken)
    {
        Binding binding = _binding!;
        binding.WriteSample(input);
        _timestepValue[0] = timestep;
        binding.Write("timestep", _timestepValue);
        long start = Stopwatch.GetTimestamp();
        GraphRun.Run(_graph.Session, options, binding.Value, _graph.Path, cancellationToken);
        _graph.Time.Add(start);
        binding.Output.Read(0, output);
    }

    /// <summary>Parts of different models, and graphs that were exported for one shape only.</summary>
    private void Check(PromptEmbedding embedding, LatentSize size)
    {
        if (IsXl && embedding.Pooled is null)
        {
            throw _graph.Unlike("inputs for a second text encoder, which the folder has not got (text_encoder_2)");
        }

        if (EmbeddingWidth is { } width && width != embedding.Width)
        {
            throw _graph.Unlike($"embeddings of width {width} as input, the text encoder gives {embedding.Width}: they are parts of different models");
        }

        int[] sample = _graph.Input("sample").Dimensions;
        if (sample.Length != 4 || (sample[1] > 0 && sample[1] != size.Channels))
        {
            throw _graph.Unlike($"latents of shape [{string.Join(", ", sample)}] as input, {size.Channels} channels are drawn");
        }

        if (sample[0] > 0 && sample[0] != embedding.Rows)
        {
            throw new ImagingException(ImagingError.BadRequest, $"{_graph.Path} was exported for {sample[0]} pictures at a time, guidance needs {embedding.Rows}: {(embedding.Rows > 1 ? "draw with guidance 1, or export" : "export")} it with a free batch size");
        }

        if ((sample[2] > 0 && sample[2] != size.Height) || (sample[3] > 0 && sample[3] != size.Width))
        {
            throw new ImagingException(ImagingError.BadRequest, $"{_graph.Path} was exported for latents of {sample[3]}x{sample[2]} only, {size.Width}x{size.Height} are asked for: choose the size that goes with them, or export it with free sizes");
        }
    }

    private int Positive(int size, string name) => size > 0 ? size : throw _graph.Unlike($"an input \"{name}\" of no fixed width");

    private sealed class Binding : IDisposable
    {
        private readonly Dictionary<string, BoundTensor> _inputs = new(StringComparer.Ordinal);
        private readonly int _rows;
        private readonly int _embeddingCount;
        private readonly LatentSize _size;
        private readonly float[] _rowsOfLatents;

        public Binding(ComponentGraph graph, PromptEmbedding embedding, LatentSize size)
        {
            (_rows, _embeddingCount, _size) = (embedding.Rows, embedding.Values.Length, size);
            _rowsOfLatents = new float[embedding.Rows * size.Count];
            Value = graph.Session.Session.CreateIoBinding();
            long[] latents = [embedding.Rows, size.Channels, size.Height, size.Width];
            foreach (string name in graph.InputNames)
            {
                NodeMetadata metadata = graph.Input(name);
                BoundTensor tensor = new(metadata, name switch
                {
                    "sample" => latents,
                    "timestep" => metadata.Dimensions.Length == 0 ? [] : [1],
                    "encoder_hidden_states" => [embedding.Rows, embedding.Tokens, embedding.Width],
                    "text_embeds" => [embedding.Rows, embedding.Pooled!.Length / embedding.Rows],
                    "time_ids" => [embedding.Rows, embedding.TimeIds!.Length / embedding.Rows],
                    _ => [embedding.Rows, metadata.Dimensions[^1]],
                });
                _inputs.Add(name, tensor);
                Value.BindInput(name, tensor.View);
            }

            Output = new BoundTensor(graph.Output("out_sample"), latents);
            Value.BindOutput("out_sample", Output.View);
        }

        public OrtIoBinding Value { get; }

        public BoundTensor Output { get; }

        public bool Fits(PromptEmbedding embedding, LatentSize size) =>
            _rows == embedding.Rows && _embeddingCount == embedding.Values.Length && _size == size;

        public void Write(string name, ReadOnlySpan<float> values) => _inputs[name].Write(values);

        public void WriteSample(ReadOnlySpan<float> latents)
        {
            for (int row = 0; row < _rows; row++)
            {
                latents.CopyTo(_rowsOfLatents.AsSpan(row * latents.Length));
            }

            Write("sample", _rowsOfLatents);
        }

        public void Dispose()
        {
            Value.Dispose();
            Output.Dispose();
            foreach (BoundTensor tensor in _inputs.Values)
            {
                tensor.Dispose();
            }
        }
    }
}
