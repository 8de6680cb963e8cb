using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>
/// What a decoder graph takes and gives, for every layout. Arrays of keys and values are ordered layer 0 key, layer 0 value,
/// layer 1 key …, and empty where the graph has none of them.
/// </summary>
internal sealed record DecoderSignature
{
    private const string Past = "past_key_values";
    private const string Present = "present";

    private static readonly TensorElementType[] Floats = [TensorElementType.Float, TensorElementType.Float16];
    private static readonly TensorElementType[] Int64 = [TensorElementType.Int64];

    /// <summary>input_ids, shape [rows, length].</summary>
    public required GraphTensor Tokens { get; init; }

    /// <summary>encoder_hidden_states, shape [rows, positions, d_model]; decoder_with_past_model has none.</summary>
    public GraphTensor? States { get; init; }

    /// <summary>use_cache_branch, shape [1]: picks the branch of a merged graph; some pick by the past's length instead.</summary>
    public GraphTensor? UseCacheBranch { get; init; }

    /// <summary>cache_position, shape [length]: the positions of the new tokens.</summary>
    public GraphTensor? CachePosition { get; init; }

    /// <summary>num_logits_to_keep, one number: logits of that many last rows, 0 for all.</summary>
    public GraphTensor? LogitsToKeep { get; init; }

    /// <summary>past_key_values.{i}.decoder.*, shape [rows, heads, past, head].</summary>
    public required GraphTensor[] PastSelf { get; init; }

    /// <summary>past_key_values.{i}.encoder.*, shape [rows, heads, positions, head].</summary>
    public required GraphTensor[] PastCross { get; init; }

    /// <summary>logits, shape [rows, length, vocabulary].</summary>
    public required GraphTensor Logits { get; init; }

    /// <summary>present.{i}.decoder.*, shape [rows, heads, past + length, head].</summary>
    public required GraphTensor[] PresentSelf { get; init; }

    /// <summary>present.{i}.encoder.*, shape [rows, heads, positions, head]; meaningful without a past only.</summary>
    public required GraphTensor[] PresentCross { get; init; }

    /// <summary>cross_attentions.{i}, shape [rows, heads, length, positions], after softmax; null for layers without.</summary>
    public required GraphTensor?[] CrossAttentions { get; init; }

    /// <summary>True when the graph continues a cache.</summary>
    public bool TakesCache => PastSelf.Length > 0;

    /// <summary>Reads and checks it; what depends on the part that the graph plays is left to <see cref="DecoderGraphs"/>.</summary>
    public static DecoderSignature Read(InferenceSession session, WhisperConfig config, string graph, string folder)
    {
        SignatureReader reader = new(session, graph, folder);
        int[] keyValue = [-1, config.DecoderHeads, -1, config.HeadSize];
        bool takesCache = reader.HasInput(Past);
        bool givesCross = reader.HasOutput($"{Present}.0.encoder.key");
        DecoderSignature signature = new()
        {
            Tokens = reader.Input("input_ids", Int64, [-1, -1]),
            States = reader.FindInput("encoder_hidden_states", Floats, [-1, -1, config.StateSize]),
            UseCacheBranch = reader.FindInput("use_cache_branch", [TensorElementType.Bool], [1]),
            CachePosition = reader.FindInput("cache_position", Int64, [-1]),
            LogitsToKeep = reader.FindInput("num_logits_to_keep", Int64, null),
            PastSelf = takesCache ? KeysAndValues(Past, "decoder", config, name => reader.Input(name, Floats, keyValue)) : [],
            PastCross = takesCache ? KeysAndValues(Past, "encoder", config, name => reader.Input(name, Floats, keyValue)) : [],
            Logits = reader.Output("logits", Floats, [-1, -1, config.VocabularySize]),
            PresentSelf = KeysAndValues(Present, "decoder", config, name => reader.Output(name, Floats, keyValue)),
            PresentCross = givesCross ? KeysAndValues(Present, "encoder", config, name => reader.Output(name, Floats, keyValue)) : [],
            CrossAttentions = [.. Enumerable.Range(0, config.DecoderLayers).Select(layer => Attention(reader, layer, config))],
        };
        reader.RefuseOtherInputs();
        return signature;
    }

    private static GraphTensor? Attention(SignatureReader reader, int layer, WhisperConfig config)
    {
        string name = $"cross_attentions.{layer}";
        return reader.HasOutput(name) ? reader.Output(name, Floats, [-1, config.DecoderHeads, -1, -1]) : null;
    }

    private static GraphTensor[] KeysAndValues(string prefix, string side, WhisperConfig config, Func<string, GraphTensor> find) =>
        [.. Enumerable.Range(0, 2 * config.DecoderLayers)
            .Select(index => find($"{prefix}.{index / 2}.{side}.{(index % 2 == 0 ? "key" : "value")}"))];
}
