using System.Text.Json;
using Appliance.Inference.Models;

namespace Appliance.Speech.Recognition;

/// <summary>What a model folder's config.json and generation_config.json say that the graphs don't.</summary>
internal sealed record WhisperConfiguration
{
    /// <summary>Encoder positions of a full window.</summary>
    public required int AudioContext { get; init; }

    /// <summary>Most tokens that the decoder holds.</summary>
    public required int TextContext { get; init; }

    /// <summary>Vocabulary, timestamps included.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Model width: heads of 64 values.</summary>
    public required int ModelSize { get; init; }

    /// <summary>Decoder layers.</summary>
    public required int DecoderLayers { get; init; }

    /// <summary>Attention heads of a decoder layer.</summary>
    public required int DecoderHeads { get; init; }

    /// <summary>Mel bins a frame.</summary>
    public required int MelCount { get; init; }

    /// <summary>[layer, head] pairs, or null when the folder names none.</summary>
    public IReadOnlyList<(int Layer, int Head)>? AlignmentHeads { get; init; }

    /// <summary>Reads the files of a folder.</summary>
    /// <exception cref="ModelException">config.json is missing or not readable.</exception>
    public static WhisperConfiguration Read(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        using JsonDocument config = Parse(path) ?? throw new ModelException(ModelError.Incomplete, path,
            $"{path} is missing: restore it, or remove the model and add it again");
        return new WhisperConfiguration
        {
            AudioContext = Number(config, "max_source_positions", path),
            TextContext = Number(config, "max_target_positions", path),
            VocabularySize = Number(config, "vocab_size", path),
            ModelSize = Number(config, "d_model", path),
            DecoderLayers = Number(config, "decoder_layers", path),
            DecoderHeads = Number(config, "decoder_attention_heads", path),
            MelCount = Number(config, "num_mel_bins", path),
            AlignmentHeads = ReadAlignmentHeads(Path.Combine(folder, "generation_config.json")),
        };
    }

    private static int Number(JsonDocument config, string key, string path) =>
        config.RootElement.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number > 0
            ? number
            : throw new ModelException(ModelError.Damaged, path, $"{path} has no positive number '{key}': take the model's own config.json");

    private static List<(int, int)>? ReadAlignmentHeads(string path)
    {
        using JsonDocument? generation = Parse(path);
        if (generation is null || !generation.RootElement.TryGetProperty("alignment_heads", out JsonElement heads) || heads.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return [.. heads.EnumerateArray().Select(pair => (pair[0].GetInt32(), pair[1].GetInt32()))];
    }

    private static JsonDocument? Parse(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            throw new ModelException(ModelError.Damaged, path, $"{path} is not JSON ({e.Message}): restore it, or remove the model and add it again", e);
        }
    }
}
