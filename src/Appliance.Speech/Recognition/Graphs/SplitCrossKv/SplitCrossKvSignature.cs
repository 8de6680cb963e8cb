using System.Globalization;
using Appliance.Inference.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.SplitCrossKv;

/// <summary>What the two graphs of a `split-cross-kv/1` pack say of themselves.</summary>
internal sealed record SplitCrossKvSignature
{
    /// <summary>Name of the dialect in the graphs' metadata.</summary>
    public const string Dialect = "split-cross-kv/1";

    /// <summary>Values of one attention head.</summary>
    public const int HeadSize = 64;

    /// <summary>Sizes of the model.</summary>
    public required WhisperDimensions Dimensions { get; init; }

    /// <summary>Element type of log-mel, keys and values.</summary>
    public required TensorElementType Element { get; init; }

    /// <summary>Heads in `alignment_scores`; 0 when the graph has none.</summary>
    public required int AlignmentHeads { get; init; }

    /// <summary>Reads the signature from the sessions.</summary>
    /// <param name="encoder">Session of encoder.onnx.</param>
    /// <param name="decoder">Session of decoder.onnx.</param>
    /// <param name="config">The sizes of config.json.</param>
    /// <param name="path">Folder of the pack, for errors.</param>
    /// <exception cref="ModelException">The graphs are not of this dialect.</exception>
    public static SplitCrossKvSignature Read(InferenceSession encoder, InferenceSession decoder, WhisperConfig config, string path)
    {
        foreach (InferenceSession session in (InferenceSession[])[encoder, decoder])
        {
            string? dialect = session.ModelMetadata.CustomMetadataMap.GetValueOrDefault("dialect");
            if (dialect != Dialect)
            {
                throw GraphFault.Unsupported(path,
                    $"the graphs say dialect '{dialect ?? "none"}', this program reads '{Dialect}': convert the model again with scripts/convert-whisper");
            }
        }

        NodeMetadata mel = Input(encoder, "log_mel", path);
        NodeMetadata selfKey = Input(decoder, "self_key.0", path);
        if (!decoder.OutputMetadata.TryGetValue("logits", out NodeMetadata? logits))
        {
            throw Missing("output", "logits", path);
        }

        int layers = 0;
        while (decoder.InputMetadata.ContainsKey(string.Create(CultureInfo.InvariantCulture, $"self_key.{layers}")))
        {
            layers++;
        }

        bool aligned = decoder.OutputMetadata.TryGetValue("alignment_scores", out NodeMetadata? scores);
        return new SplitCrossKvSignature
        {
            Dimensions = new WhisperDimensions
            {
                MelCount = mel.Dimensions[1],
                AudioContext = config.AudioContext,
                TextContext = config.TextContext,
                VocabularySize = logits.Dimensions[2],
                DecoderLayers = layers,
                DecoderHeads = selfKey.Dimensions[1],
            },
            Element = mel.ElementDataType,
            AlignmentHeads = aligned ? scores!.Dimensions[1] : 0,
        };
    }

    private static NodeMetadata Input(InferenceSession session, string name, string path) =>
        session.InputMetadata.TryGetValue(name, out NodeMetadata? metadata) ? metadata : throw Missing("input", name, path);

    private static ModelException Missing(string kind, string name, string path) =>
        GraphFault.Unsupported(path, $"a graph has no {kind} '{name}': convert the model again with scripts/convert-whisper");
}
