namespace Appliance.Testing.Golden;

/// <summary>Names of the graphs.</summary>
/// <param name="Encoder">encoder_model.</param>
/// <param name="Decoder">decoder_model or decoder_model_merged.</param>
/// <param name="DecoderWithPast">decoder_with_past_model, or null.</param>
public sealed record WhisperGoldenFiles(string Encoder, string Decoder, string? DecoderWithPast);
