namespace Appliance.Inference.Models;

/// <summary>The ONNX files of a Whisper model, relative to its folder.</summary>
internal sealed record WhisperGraphNames(WhisperLayout Layout, string Encoder, string Decoder, string? DecoderWithPast = null)
{
    // where Hugging Face repositories have them, and where a plain export leaves them
    private static readonly string[] Folders = ["onnx/", ""];

    // Best on a processor first: 8-bit products are the fastest, 4-bit weights the smallest of what stays accurate; half
    // precision is converted step by step there, so that it comes last.
    private static readonly string[] Suffixes = ["_quantized", "_int8", "_uint8", "_q4", "", "_bnb4", "_fp16", "_q4f16"];

    public IEnumerable<string> All => DecoderWithPast is null ? [Encoder, Decoder] : [Encoder, Decoder, DecoderWithPast];

    /// <param name="folder">For messages.</param>
    /// <param name="files">Paths relative to it.</param>
    /// <exception cref="ModelException">Incomplete: names the file that is missing.</exception>
    public static WhisperGraphNames Find(string folder, IReadOnlyCollection<string> files)
    {
        HashSet<string> present = new(files, StringComparer.Ordinal);
        string prefix = Folders.FirstOrDefault(prefix => FindEncoder(prefix, present) is not null) ?? FolderOfADecoder(present);
        string encoder = FindEncoder(prefix, present) ?? throw Missing(folder, prefix + "encoder_model.onnx");
        if (encoder == prefix + "encoder.onnx")
        {
            string decoder = prefix + "decoder.onnx";
            return present.Contains(decoder) ? new(WhisperLayout.SplitCrossKv, encoder, decoder) : throw Missing(folder, decoder);
        }

        return FindDecoder(prefix, encoder, present) ?? throw MissingDecoder(folder, prefix, present);
    }

    private static string? FindEncoder(string prefix, HashSet<string> present) =>
        Suffixes.Select(suffix => $"{prefix}encoder_model{suffix}.onnx").Prepend(prefix + "encoder.onnx").FirstOrDefault(present.Contains);

    private static WhisperGraphNames? FindDecoder(string prefix, string encoder, HashSet<string> present)
    {
        foreach (string suffix in Suffixes)
        {
            string merged = $"{prefix}decoder_model_merged{suffix}.onnx";
            if (present.Contains(merged))
            {
                return new(WhisperLayout.Merged, encoder, merged);
            }

            string first = $"{prefix}decoder_model{suffix}.onnx";
            string later = $"{prefix}decoder_with_past_model{suffix}.onnx";
            if (present.Contains(first) && present.Contains(later))
            {
                return new(WhisperLayout.Split, encoder, first, later);
            }
        }

        return null;
    }

    private static string FolderOfADecoder(HashSet<string> present) =>
        Folders.FirstOrDefault(prefix => present.Any(file => file.StartsWith(prefix + "decoder", StringComparison.Ordinal))) ?? Folders[0];

    private static ModelException MissingDecoder(string folder, string prefix, HashSet<string> present)
    {
        foreach (string suffix in Suffixes)
        {
            bool hasFirst = present.Contains($"{prefix}decoder_model{suffix}.onnx");
            bool hasLater = present.Contains($"{prefix}decoder_with_past_model{suffix}.onnx");
            if (hasFirst || hasLater)
            {
                return Missing(folder, prefix + (hasFirst ? "decoder_with_past_model" : "decoder_model") + suffix + ".onnx");
            }
        }

        return Missing(folder, prefix + "decoder_model_merged.onnx");
    }

    private static ModelException Missing(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return new(ModelError.Incomplete, path, $"{path} is missing: take the whole folder from the model's origin, in one of the layouts encoder.onnx + decoder.onnx, encoder_model + decoder_model_merged, or encoder_model + decoder_model + decoder_with_past_model");
    }
}
