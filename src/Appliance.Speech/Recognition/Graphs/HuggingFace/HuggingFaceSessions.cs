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
    /// <summary>Closes the sessions.</summary>
    public void Dispose()
    {
        Encoder.Dispose();
        Decoder.Dispose();
        DecoderWithPast?.Dispose();
    }
}
