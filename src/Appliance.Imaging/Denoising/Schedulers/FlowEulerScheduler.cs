namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Euler's method on a rectified flow (Esser et al. 2024): a sample is (1 − sigma)·clean + sigma·noise, the output its slope.</summary>
internal sealed class FlowEulerScheduler : Scheduler
{
    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    public FlowEulerScheduler(SchedulerConfig config, SchedulerRun run)
        : this(config, run, Spread(config, run))
    {
    }

    private FlowEulerScheduler(SchedulerConfig config, SchedulerRun run, float[] sigmas)
        : base([.. sigmas.Take(run.Steps).Select(sigma => sigma * config.TrainTimesteps)], sigmas, run.FirstStep, run.LatentCount)
    {
    }

    /// <inheritdoc/>
    public override void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        float difference = Sigmas[step + 1] - Sigmas[step];
        for (int i = 0; i < latents.Length; i++)
        {
            Estimate[i] = latents[i] - (Sigmas[step] * output[i]);
            latents[i] += difference * output[i];
        }
    }

    /// <inheritdoc/>
    public override void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents)
    {
        float sigma = Sigmas[step];
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (sigma * noise[i]) + ((1 - sigma) * clean[i]);
        }
    }

    private static float[] Spread(SchedulerConfig config, SchedulerRun run)
    {
        int count = config.TrainTimesteps;

        // the ends are float32 in the reference, what lies between is not
        double first = (double)ShiftSingle(1, (float)config.Shift) * count;
        double last = (double)ShiftSingle(1f / count, (float)config.Shift) * count;
        double[] sigmas = [.. Spacing.Range(first, last, run.Steps).Select(timestep => Shift(timestep / count, config.Shift))];
        if (config.ShiftTerminal is { } terminal)
        {
            double scale = (1 - sigmas[^1]) / (1 - terminal);
            sigmas = [.. sigmas.Select(sigma => 1 - ((1 - sigma) / scale))];
        }

        return [.. sigmas.Select(sigma => (float)sigma), 0];
    }

    private static float ShiftSingle(float sigma, float shift) => shift * sigma / (1 + ((shift - 1) * sigma));

    private static double Shift(double sigma, double shift) => shift * sigma / (1 + ((shift - 1) * sigma));
}
