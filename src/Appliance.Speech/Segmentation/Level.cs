using System.Numerics.Tensors;

namespace Appliance.Speech.Segmentation;

/// <summary>Levels of audio.</summary>
internal static class Level
{
    /// <summary>What digital silence is called.</summary>
    public const float Silence = -100f;

    /// <summary>Root mean square in dBFS (a full-scale square wave is 0), at least <see cref="Silence"/>.</summary>
    public static float Decibels(ReadOnlySpan<float> samples) =>
        samples.IsEmpty ? Silence : Decibels(TensorPrimitives.SumOfSquares(samples), samples.Length);

    /// <summary>The same from a sum of squares.</summary>
    public static float Decibels(float sumOfSquares, long samples) => Math.Max(Silence, 10f * MathF.Log10((sumOfSquares / samples) + 1e-10f));
}
