using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>The opened graphs of one folder.</summary>
/// <param name="Folder">Where they came from; for messages.</param>
/// <param name="Encoder">encoder_model.</param>
/// <param name="Decoder">decoder_model_merged, or decoder_model.</param>
/// <param name="DecoderWithPast">decoder_with_past_model, beside decoder_model; null beside a merged decoder.</param>
internal sealed record HuggingFaceSessions(
    string Folder, InferenceSession Encoder, InferenceSession Decoder, InferenceSession? DecoderWithPast) : IDisposable
{
    /// <summary>Whether they belong to somebody else, who closes them.</summary>
    public bool IsShare { get; init; }

    /// <summary>Opens the files of a folder; <paramref name="withPastPath"/> is null beside a merged decoder.</summary>
    /// <exception cref="ModelException">A file cannot be opened.</exception>
    public static HuggingFaceSessions Open(
        string folder, string encoderPath, string decoderPath, string? withPastPath, SessionFactory factory)
    {
        InferenceSession? encoder = null;
        InferenceSession? decoder = null;
        try
        {
            encoder = factory.Create(encoderPath, SessionRole.Encoder);
            decoder = factory.Create(decoderPath, SessionRole.Decoder);
            InferenceSession? withPast = withPastPath is null ? null : factory.Create(withPastPath, SessionRole.Decoder);
            return new HuggingFaceSessions(folder, encoder, decoder, withPast);
        }
        catch
        {
            encoder?.Dispose();
            decoder?.Dispose();
            throw;
        }
    }

    /// <summary>Closes the sessions.</summary>
    public void Dispose()
    {
        if (!IsShare)
        {
            Encoder.Dispose();
            Decoder.Dispose();
            DecoderWithPast?.Dispose();
        }
    }
}
