namespace Appliance.Imaging.Denoising.Noise;

/// <summary>
/// What <c>torch.randn</c> gives with a generator on the processor: Box-Muller over MT19937, in blocks of 16 values, value by value for fewer
/// (shared/golden/imaging/README.md, Oddities). In double, so that it is within rounding of the exact value on every machine.
/// </summary>
internal sealed class TorchCpuNoise : INoiseSource
{
    private const int Block = 16;
    private const int Half = Block / 2;

    private readonly MersenneTwister _words;
    private double? _pending;

    /// <param name="seed">The seed, of which torch uses the low 32 bits.</param>
    public TorchCpuNoise(long seed) => _words = new((uint)seed);

    /// <inheritdoc/>
    public void Fill(Span<float> values)
    {
        if (values.Length < Block)
        {
            foreach (ref float value in values)
            {
                value = (float)One();
            }

            return;
        }

        foreach (ref float value in values)
        {
            value = (_words.Next() & 0xffffff) * (1f / (1 << 24));
        }

        int whole = values.Length - (values.Length % Block);
        for (int start = 0; start < whole; start += Block)
        {
            Transform(values.Slice(start, Block));
        }

        if (whole < values.Length)
        {
            // the last 16 are drawn anew, those of them that were done already too
            Span<float> tail = values[^Block..];
            foreach (ref float value in tail)
            {
                value = (_words.Next() & 0xffffff) * (1f / (1 << 24));
            }

            Transform(tail);
        }
    }

    private static void Transform(Span<float> block)
    {
        for (int j = 0; j < Half; j++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - (double)block[j]));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * block[j + Half]);
            block[j] = (float)(radius * cosine);
            block[j + Half] = (float)(radius * sine);
        }
    }

    private double One()
    {
        if (_pending is { } pending)
        {
            _pending = null;
            return pending;
        }

        double angle = 2 * Math.PI * Uniform();
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        (double sine, double cosine) = Math.SinCos(angle);
        _pending = radius * sine;
        return radius * cosine;
    }

    private double Uniform()
    {
        ulong high = _words.Next();
        ulong bits = (high << 32) | _words.Next();
        return (bits & ((1UL << 53) - 1)) * (1.0 / (1UL << 53));
    }
}
