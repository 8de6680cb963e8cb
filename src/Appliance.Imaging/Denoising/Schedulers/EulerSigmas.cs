namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Timesteps and sigmas of the two Euler schedulers.</summary>
internal sealed record EulerSigmas
{
    private EulerSigmas(float[] timesteps, float[] sigmas, bool startsAtLargest)
    {
        Timesteps = timesteps;
        Sigmas = sigmas;
        float largest = sigmas.Max();
        InitNoiseSigma = startsAtLargest ? largest : MathF.Sqrt((largest * largest) + 1);
    }

    /// <summary>Shape [steps]; fractional with linspace spacing and with Karras sigmas.</summary>
    public float[] Timesteps { get; }

    /// <summary>Shape [steps + 1].</summary>
    public float[] Sigmas { get; }

    /// <summary>Standard deviation of the first latents: leading spacing does not start at pure noise, which the root makes up for.</summary>
    public float InitNoiseSigma { get; }

    /// <summary>Spreads the steps as the configuration says.</summary>
    public static EulerSigmas Of(SchedulerConfig config, int steps, bool usesKarras)
    {
        NoiseSchedule schedule = new(config, keepsSigmaFinite: true);
        TimestepSpacing spacing = config.Spacing ?? TimestepSpacing.Linspace;
        float[] timesteps = [.. Spread(config, spacing, steps).Select(timestep => (float)timestep)];
        double[] sigmas = config.InterpolatesLogarithms ? LogLinear(schedule, steps) : [.. timesteps.Select(timestep => schedule.SigmaAt(timestep))];
        if (usesKarras)
        {
            sigmas = KarrasSigmas.Of(config.SigmaMinimum ?? sigmas[^1], config.SigmaMaximum ?? sigmas[0], steps);
            timesteps = [.. sigmas.Select(sigma => (float)schedule.TimestepOf(sigma))];
        }

        double last = config.EndsAtSmallestSigma ? schedule.Sigmas[0] : 0;
        float[] all = [.. sigmas.Select(sigma => (float)sigma), (float)last];
        if (config.HasContinuousTimesteps && config.PredictionType == PredictionType.VPrediction)
        {
            // what the denoiser of Karras et al. 2022, table 1, gets
            timesteps = [.. all.Take(steps).Select(sigma => 0.25f * MathF.Log(sigma))];
        }

        return new(timesteps, all, spacing is not TimestepSpacing.Leading);
    }

    private static double[] Spread(SchedulerConfig config, TimestepSpacing spacing, int steps) => spacing switch
    {
        TimestepSpacing.Linspace => Spacing.Linspace(config.TrainTimesteps - 1, steps),
        TimestepSpacing.Leading => Spacing.Leading(config.TrainTimesteps / steps, steps, config.StepsOffset ?? 0),
        _ => Spacing.Trailing(config.TrainTimesteps, (double)config.TrainTimesteps / steps, steps),
    };

    // one more than there are steps, as in diffusers: the last comes before the final sigma
    private static double[] LogLinear(NoiseSchedule schedule, int steps)
    {
        float[] logarithms = NoiseSchedule.Spread(MathF.Log(schedule.Sigmas[^1]), MathF.Log(schedule.Sigmas[0]), steps + 1);
        return [.. logarithms.Select(logarithm => (double)MathF.Exp(logarithm))];
    }
}
