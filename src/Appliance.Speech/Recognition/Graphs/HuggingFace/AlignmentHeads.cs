using System.Text.Json;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>Reads which heads serve word alignment.</summary>
internal static class AlignmentHeads
{
    /// <summary>
    /// The list in generation_config.json. Where there is none, or where it was made for another decoder (it names a layer or a
    /// head that this one has not), all heads of the upper half of the layers.
    /// </summary>
    public static IReadOnlyList<AlignmentHead> Read(string folder, WhisperConfig config)
    {
        string path = Path.Combine(folder, "generation_config.json");
        if (File.Exists(path))
        {
            using JsonDocument document = WhisperConfig.Parse(path);
            if (TryParse(document.RootElement, config, out List<AlignmentHead> heads))
            {
                return heads;
            }
        }

        return UpperHalf(config);
    }

    private static bool TryParse(JsonElement root, WhisperConfig config, out List<AlignmentHead> heads)
    {
        heads = [];
        if (!root.TryGetProperty("alignment_heads", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (JsonElement pair in list.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array
                || pair.GetArrayLength() != 2
                || !TryIndex(pair[0], config.DecoderLayers, out int layer)
                || !TryIndex(pair[1], config.DecoderHeads, out int head))
            {
                return false;
            }

            heads.Add(new AlignmentHead(layer, head));
        }

        return heads.Count > 0;
    }

    private static bool TryIndex(JsonElement element, int count, out int index)
    {
        index = -1;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out index) && (uint)index < (uint)count;
    }

    private static List<AlignmentHead> UpperHalf(WhisperConfig config)
    {
        List<AlignmentHead> heads = [];
        for (int layer = config.DecoderLayers / 2; layer < config.DecoderLayers; layer++)
        {
            for (int head = 0; head < config.DecoderHeads; head++)
            {
                heads.Add(new AlignmentHead(layer, head));
            }
        }

        return heads;
    }
}
