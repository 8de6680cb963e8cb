namespace Appliance.Inference.Models;

/// <summary>The ONNX files of a Whisper model, by full path.</summary>
public sealed record WhisperFiles
{
    /// <summary>How the model is cut.</summary>
    public required WhisperLayout Layout { get; init; }

    /// <summary>The encoder.</summary>
    public required string EncoderPath { get; init; }

    /// <summary>The decoder; in <see cref="WhisperLayout.Split"/> the one for the first call.</summary>
    public required string DecoderPath { get; init; }

    /// <summary>The decoder for later calls, in <see cref="WhisperLayout.Split"/> only.</summary>
    public string? DecoderWithPastPath { get; init; }

    /// <summary>
    /// Finds them among the files of a model. Where several precisions are there, the one that suits processors best is
    /// taken: quantized, int8, uint8, q4, float32, bnb4, fp16, q4f16, for encoder and decoder each.
    /// </summary>
    /// <exception cref="ModelException">Incomplete: names the file that is missing.</exception>
    public static WhisperFiles Find(ModelFolder folder)
    {
        WhisperGraphNames names = WhisperGraphNames.Find(folder.Path, [.. folder.Manifest.Files.Select(file => file.Path)]);
        return new()
        {
            Layout = names.Layout,
            EncoderPath = folder.FilePath(names.Encoder),
            DecoderPath = folder.FilePath(names.Decoder),
            DecoderWithPastPath = names.DecoderWithPast is null ? null : folder.FilePath(names.DecoderWithPast),
        };
    }
}
