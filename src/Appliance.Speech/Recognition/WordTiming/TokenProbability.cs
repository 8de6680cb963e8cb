using System.Buffers;
using System.Numerics.Tensors;

namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>How sure the model was of a text token.</summary>
internal static class TokenProbability
{
    /// <summary>Softmax of one token among the text tokens, in float32.</summary>
    /// <param name="textLogits">Logits of the ids below end of text, of the row before the token; not changed.</param>
    /// <param name="token">Token id.</param>
    public static float Of(ReadOnlySpan<float> textLogits, int token)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(textLogits.Length);
        Span<float> exponentials = buffer.AsSpan(0, textLogits.Length);
        TensorPrimitives.Subtract(textLogits, TensorPrimitives.Max(textLogits), exponentials);
        TensorPrimitives.Exp(exponentials, exponentials);
        float probability = exponentials[token] / TensorPrimitives.Sum<float>(exponentials);
        ArrayPool<float>.Shared.Return(buffer);
        return probability;
    }
}
