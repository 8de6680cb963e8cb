namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>
/// How much of a sample is left at each timestep of training: float32, rounded where torch on a processor rounds, so that the values
/// are the same bit for bit (shared/golden/imaging/README.md, Oddities).
/// </summary>
internal sealed class NoiseSchedule
{
    private const double MaximumBeta = 0.999;

    /// <summary>What diffusers puts in place of a last entry that is zero, where sigma would be infinite.</summary>
    private const float AlmostZero = 1f / (1 << 24);

    private readonly float[] _alphasCumulative;
    private readonly float[] _sigmas;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="keepsSigmaFinite">For schedulers that divide by what is left at the last timestep.</param>
    public NoiseSchedule(SchedulerConfig config, bool keepsSigmaFinite)
    {
        float[] betas = config.TrainedBetas is { } trained ? [.. trained] : Betas(config);
        if (config.RescalesToZeroSnr)
        {
            RescaleToZeroSnr(betas);
        }

        _alphasCumulative = Cumulate(betas);
        if (config.RescalesToZeroSnr && keepsSigmaFinite)
        {
            _alphasCumulative[^1] = AlmostZero;
        }

        _sigmas = [.. _alphasCumulative.Select(left => MathF.Sqrt((1 - left) / left))];
    }

    /// <summary>Timesteps of training.</summary>
    public int Count => _alphasCumulative.Length;

    /// <summary>The product of 1 − beta up to each timestep, shape [timesteps].</summary>
    public ReadOnlySpan<float> AlphasCumulative => _alphasCumulative;

    /// <summary>sqrt((1 − a) / a) of each timestep, shape [timesteps].</summary>
    public ReadOnlySpan<float> Sigmas => _sigmas;

    /// <summary>Sigma at a timestep between two of training, which counts as the nearest end outside of them.</summary>
    public double SigmaAt(double timestep)
    {
        if (timestep <= 0)
        {
            return _sigmas[0];
        }

        if (timestep >= _sigmas.Length - 1)
        {
            return _sigmas[^1];
        }

        int low = (int)timestep;
        return ((double)_sigmas[low + 1] - _sigmas[low]) * (timestep - low) + _sigmas[low];
    }

    /// <summary>The timestep, between two of training, whose sigma this is: linear in the logarithm.</summary>
    public double TimestepOf(double sigma)
    {
        double logarithm = Math.Log(Math.Max(sigma, 1e-10));
        int low = 0;
        while (low < _sigmas.Length - 2 && NumpyLogarithm.Of(_sigmas[low + 1]) <= logarithm)
        {
            low++;
        }

        float below = NumpyLogarithm.Of(_sigmas[low]);
        float above = NumpyLogarithm.Of(_sigmas[low + 1]);
        double weight = Math.Clamp((below - logarithm) / (below - above), 0, 1);
        return ((1 - weight) * low) + (weight * (low + 1));
    }

    private static float[] Betas(SchedulerConfig config)
    {
        double start = config.BetaStart ?? 0.0001;
        double end = config.BetaEnd ?? 0.02;
        int count = config.TrainTimesteps;
        switch (config.BetaSchedule ?? BetaSchedule.Linear)
        {
            case BetaSchedule.ScaledLinear:
                float[] roots = Spread((float)Math.Sqrt(start), (float)Math.Sqrt(end), count);
                return [.. roots.Select(root => root * root)];
            case BetaSchedule.SquaredCosine:
                return [.. Enumerable.Range(0, count).Select(i => (float)Math.Min(1 - (Cosine((i + 1.0) / count) / Cosine((double)i / count)), MaximumBeta))];
            default:
                return Spread((float)start, (float)end, count);
        }
    }

    private static double Cosine(double part) => Math.Pow(Math.Cos((part + 0.008) / 1.008 * Math.PI / 2), 2);

    /// <summary>Even steps from both ends towards the middle, each rounded once.</summary>
    public static float[] Spread(float start, float end, int count)
    {
        float[] values = new float[count];
        float step = (end - start) / (count - 1);
        for (int i = 0; i < count; i++)
        {
            values[i] = i < count / 2
                ? (float)(start + ((double)step * i))
                : (float)(end - ((double)step * (count - 1 - i)));
        }

        return values;
    }

    private static float[] Cumulate(float[] betas)
    {
        float[] products = new float[betas.Length];
        double product = 1;
        for (int i = 0; i < betas.Length; i++)
        {
            product *= 1 - betas[i];
            products[i] = (float)product;
        }

        return products;
    }

    /// <summary>Shifts and scales the roots so that nothing is left at the last timestep (Lin et al. 2023, algorithm 1).</summary>
    private static void RescaleToZeroSnr(float[] betas)
    {
        float[] roots = [.. Cumulate(betas).Select(MathF.Sqrt)];
        float first = roots[0];
        float last = roots[^1];
        float scale = first / (first - last);
        float before = 1;
        for (int i = 0; i < betas.Length; i++)
        {
            float root = (roots[i] - last) * scale;
            float left = root * root;
            betas[i] = 1 - (left / before);
            before = left;
        }
    }
}
