using System.Text.Json;
using Appliance.Inference.Models;

namespace Appliance.Speech.Recognition.Graphs;

/// <summary>The sizes that config.json of a Hugging Face Whisper folder names.</summary>
internal sealed record WhisperConfig
{
    /// <summary>Width of the states: d_model.</summary>
    public required int StateSize { get; init; }

    /// <summary>decoder_layers (num_hidden_layers is the encoder's count).</summary>
    public required int DecoderLayers { get; init; }

    /// <summary>decoder_attention_heads.</summary>
    public required int DecoderHeads { get; init; }

    /// <summary>max_target_positions: the most tokens that the decoder holds.</summary>
    public required int TextContext { get; init; }

    /// <summary>max_source_positions: encoder positions of a window.</summary>
    public required int AudioContext { get; init; }

    /// <summary>num_mel_bins.</summary>
    public required int MelCount { get; init; }

    /// <summary>vocab_size, timestamps included.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Values of one attention head (64 in every Whisper).</summary>
    public int HeadSize => StateSize / DecoderHeads;

    /// <summary>Mel frames of a window: the encoder halves their number.</summary>
    public int Frames => 2 * AudioContext;

    /// <summary>Reads config.json.</summary>
    /// <exception cref="ModelException">The file is missing or damaged, or lacks a size.</exception>
    public static WhisperConfig Read(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        using JsonDocument document = Parse(path);
        JsonElement root = document.RootElement;
        WhisperConfig config = new()
        {
            StateSize = Size(root, "d_model", path),
            DecoderLayers = Size(root, "decoder_layers", path),
            DecoderHeads = Size(root, "decoder_attention_heads", path),
            TextContext = Size(root, "max_target_positions", path),
            AudioContext = Size(root, "max_source_positions", path),
            MelCount = Size(root, "num_mel_bins", path),
            VocabularySize = Size(root, "vocab_size", path),
        };
        return config.StateSize % config.DecoderHeads == 0
            ? config
            : throw GraphFault.Unsupported(path, $"in {path} d_model is no multiple of decoder_attention_heads: this is no Whisper model");
    }

    /// <summary>Parses a JSON file of the folder, whose root must be an object.</summary>
    internal static JsonDocument Parse(string path)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw GraphFault.Damaged(path, $"{path} holds no JSON object: fetch it again");
        }
        catch (JsonException problem)
        {
            throw GraphFault.Damaged(path, $"{path} is not valid JSON: fetch it again", problem);
        }
        catch (FileNotFoundException problem)
        {
            throw GraphFault.Incomplete(path, $"{path} is missing: fetch it from where the model came from", problem);
        }
    }

    private static int Size(JsonElement root, string name, string path)
    {
        if (root.TryGetProperty(name, out JsonElement element)
            && element.ValueKind == JsonValueKind.Number
            && element.TryGetInt32(out int value)
            && value > 0)
        {
            return value;
        }

        throw GraphFault.Unsupported(path, $"{path} names no '{name}': this is no Whisper model");
    }
}
