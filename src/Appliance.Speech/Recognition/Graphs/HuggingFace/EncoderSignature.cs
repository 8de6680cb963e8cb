using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>What an encoder_model takes and gives. Other outputs (encoder_attentions) are never asked for.</summary>
/// <param name="Features">input_features, shape [windows, n_mels, frames], float32 or float16.</param>
/// <param name="States">last_hidden_state, shape [windows, positions, d_model], float32 or float16.</param>
internal sealed record EncoderSignature(GraphTensor Features, GraphTensor States)
{
    private static readonly TensorElementType[] Floats = [TensorElementType.Float, TensorElementType.Float16];

    /// <summary>Reads and checks it.</summary>
    public static EncoderSignature Read(InferenceSession session, WhisperConfig config, string folder)
    {
        SignatureReader reader = new(session, "encoder", folder);
        GraphTensor features = reader.Input("input_features", Floats, [1, config.MelCount, config.Frames]);
        GraphTensor states = reader.Output("last_hidden_state", Floats, [1, config.AudioContext, config.StateSize]);
        reader.RefuseOtherInputs();
        return new EncoderSignature(features, states);
    }
}
