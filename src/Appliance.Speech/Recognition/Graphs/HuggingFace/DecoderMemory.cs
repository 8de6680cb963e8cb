using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>All buffers of the decoder, and the binding of calls to views of them.</summary>
internal sealed class DecoderMemory : IDisposable
{
    private readonly WhisperConfig _config;
    private readonly DecoderGraphs _graphs;
    private readonly int _positions;
    private readonly NativeBuffer _blankStates = new();

    public DecoderMemory(DecoderGraphs graphs, WhisperConfig config, IReadOnlyList<AlignmentHead> heads, int positions)
    {
        _graphs = graphs;
        _config = config;
        _positions = positions;
        Tokens = new TokenInputs(config.TextContext);
        Self = new SelfCache(config, graphs.CacheType);
        Cross = new CrossCache(config, positions, graphs.CacheType);
        StepLogits = new LogitsBuffer(config.VocabularySize, graphs.LogitsType);
        TextLogits = new LogitsBuffer(config.VocabularySize, graphs.LogitsType);
        Attentions = new AttentionBuffers(heads, config, positions, graphs.AttentionsType);
    }

    /// <summary>Tokens, positions, switches.</summary>
    public TokenInputs Tokens { get; }

    /// <summary>Keys and values of the tokens.</summary>
    public SelfCache Self { get; }

    /// <summary>Keys and values of the audio.</summary>
    public CrossCache Cross { get; }

    /// <summary>Logits of a step; apart from the others, so that a long text does not move what steps are bound to.</summary>
    public LogitsBuffer StepLogits { get; }

    /// <summary>Logits of calls with several tokens.</summary>
    public LogitsBuffer TextLogits { get; }

    /// <summary>Cross-attention weights.</summary>
    public AttentionBuffers Attentions { get; }

    /// <summary>Makes room for that many rows; true when something moved that steps are bound to.</summary>
    public bool Reserve(int rows, int crossRows)
    {
        bool moved = Tokens.Reserve(rows) | Self.Reserve(rows) | Cross.Reserve(crossRows) | StepLogits.Reserve(rows, 1);
        if (_graphs.Cached.Signature.States is { } states)
        {
            long elements = (long)rows * BlankPositions(states) * _config.StateSize;
            if (_blankStates.Reserve(elements * ElementTypes.Bytes(states.ElementType)))
            {
                _blankStates.Elements<byte>(0, checked((int)(elements * ElementTypes.Bytes(states.ElementType)))).Clear();
                moved = true;
            }
        }

        return moved;
    }

    /// <summary>Binds the inputs of a call and the outputs that it is made for. The caller disposes the binding.</summary>
    /// <param name="call">The call; room for it has been reserved.</param>
    /// <param name="states">The encoder's states, for calls that are not cached.</param>
    public OrtIoBinding Bind(DecoderCall call, NativeBuffer states)
    {
        DecoderGraph graph = _graphs.For(call);
        OrtIoBinding binding = graph.Session.Session.CreateIoBinding();
        try
        {
            GraphBinding names = new(binding);
            BindTokens(names, graph.Signature, call);
            BindStates(names, graph.Signature, call, states);
            BindPast(names, graph.Signature, call);
            BindOutputs(names, graph.Signature, call);
            return binding;
        }
        catch
        {
            binding.Dispose();
            throw;
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Tokens.Dispose();
        Self.Dispose();
        Cross.Dispose();
        StepLogits.Dispose();
        TextLogits.Dispose();
        Attentions.Dispose();
        _blankStates.Dispose();
    }

    // the cached branch does not read the states, yet they must be fed: one position of zeros, where the graph leaves that free
    private static int BlankPositions(GraphTensor states) => Math.Max(states.Dimensions[1], 1);

    private void BindTokens(GraphBinding names, DecoderSignature signature, DecoderCall call)
    {
        names.Input(signature.Tokens, Tokens.Tokens(call.Rows, call.Length));
        if (signature.UseCacheBranch is not null)
        {
            names.Input(signature.UseCacheBranch, Tokens.Switch(call.Cached));
        }

        if (signature.CachePosition is not null)
        {
            names.Input(signature.CachePosition, Tokens.Positions(call.Length));
        }

        if (signature.LogitsToKeep is not null)
        {
            names.Input(signature.LogitsToKeep, Tokens.Zero(signature.LogitsToKeep.Dimensions.Length));
        }
    }

    private void BindStates(GraphBinding names, DecoderSignature signature, DecoderCall call, NativeBuffer states)
    {
        if (signature.States is { } input)
        {
            names.Input(input, call.Cached
                ? _blankStates.View(input.ElementType, [call.Rows, BlankPositions(input), _config.StateSize])
                : states.View(input.ElementType, [call.Rows, _positions, _config.StateSize]));
        }
    }

    private void BindPast(GraphBinding names, DecoderSignature signature, DecoderCall call)
    {
        for (int tensor = 0; tensor < signature.PastSelf.Length; tensor++)
        {
            names.Input(signature.PastSelf[tensor], Self.View(tensor, call.Rows, call.Past, call.Past & 1));
            names.Input(
                signature.PastCross[tensor],
                call.Cached ? Cross.View(tensor, call.CrossRows) : Cross.EmptyView(tensor, call.Rows));
        }
    }

    private void BindOutputs(GraphBinding names, DecoderSignature signature, DecoderCall call)
    {
        names.Output(signature.Logits, (call.Kind == GraphCallKind.Step ? StepLogits : TextLogits).View(call.Rows, call.Length));
        if (call.Kind == GraphCallKind.Align)
        {
            foreach (int layer in Attentions.Layers)
            {
                names.Output(signature.CrossAttentions[layer]!, Attentions.View(layer, call.Length));
            }

            return;
        }

        int target = SelfCache.Target(call.Past, call.Length);
        for (int tensor = 0; tensor < signature.PresentSelf.Length; tensor++)
        {
            names.Output(signature.PresentSelf[tensor], Self.View(tensor, call.Rows, call.Past + call.Length, target));
            if (!call.Cached)
            {
                names.Output(signature.PresentCross[tensor], Cross.View(tensor, call.Rows));
            }
        }
    }
}
