namespace Appliance.Imaging.Denoising.Noise;

/// <summary>
/// Noise from counters: value i of draw d is Box-Muller over the words of (d, 0, i, 0), whoever computes it and in whatever order. The same
/// rule as in programs that imitate torch on CUDA.
/// </summary>
internal sealed class PhiloxNoise(long seed) : INoiseSource
{
    private const double Unit = 1.0 / (1L << 32);

    private uint _draw;

    /// <inheritdoc/>
    public void Fill(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            (uint x0, uint x1, _, _) = Philox.Words((_draw, 0, (uint)i, 0), (ulong)seed);
            double radius = Math.Sqrt(-2 * Math.Log((x0 * Unit) + (Unit / 2)));
            values[i] = (float)(radius * Math.Sin(((x1 * Unit) + (Unit / 2)) * 2 * Math.PI));
        }

        _draw++;
    }
}
