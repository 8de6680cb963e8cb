namespace Appliance.Inference.Models;

/// <summary>How a Whisper model is cut into ONNX graphs (speech.md §3, §3b).</summary>
public enum WhisperLayout
{
    /// <summary>Dialect <c>split-cross-kv/1</c>: encoder.onnx gives cross keys and values, decoder.onnx writes its cache in place.</summary>
    SplitCrossKv,

    /// <summary>Hugging Face: encoder_model and decoder_model_merged, one graph for the first and all later calls.</summary>
    Merged,

    /// <summary>Hugging Face: encoder_model, decoder_model for the first call and decoder_with_past_model for later ones.</summary>
    Split,
}
