using System.Numerics.Tensors;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>Softmax figures over spans of logits, without allocation in steady state.</summary>
internal sealed class LogProbabilities
{
    private float[] _scratch = [];

    /// <summary>log of the sum of exponentials; negative infinity when all are masked.</summary>
    public float LogSumExp(ReadOnlySpan<float> logits)
    {
        float maximum = logits.IsEmpty ? float.NegativeInfinity : TensorPrimitives.Max(logits);
        if (float.IsNegativeInfinity(maximum))
        {
            return maximum;
        }

        return maximum + MathF.Log(Exponentials(logits, maximum, 1, out _));
    }

    /// <summary>exp((logit - maximum) / temperature) of each.</summary>
    /// <param name="logits">Logits.</param>
    /// <param name="maximum">Their maximum.</param>
    /// <param name="temperature">Above 0.</param>
    /// <param name="weights">The exponentials; valid until the next call.</param>
    /// <returns>Their sum.</returns>
    public float Exponentials(ReadOnlySpan<float> logits, float maximum, float temperature, out ReadOnlySpan<float> weights)
    {
        if (_scratch.Length < logits.Length)
        {
            _scratch = new float[logits.Length];
        }

        Span<float> scratch = _scratch.AsSpan(0, logits.Length);
        TensorPrimitives.Subtract(logits, maximum, scratch);
        if (temperature != 1)
        {
            TensorPrimitives.Divide(scratch, temperature, scratch);
        }

        TensorPrimitives.Exp<float>(scratch, scratch);
        weights = scratch;
        return TensorPrimitives.Sum<float>(scratch);
    }
}
