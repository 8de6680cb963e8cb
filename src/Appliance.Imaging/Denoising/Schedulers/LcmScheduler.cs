namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Sampling of latent consistency models (Luo et al. 2023): each step guesses the clean sample and adds noise again.</summary>
internal sealed class LcmScheduler : VarianceScheduler
{
    private const float SigmaData = 0.5f;

    private readonly float _timestepScaling;
    private readonly CleanSample _clean;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for; strength shortens the schedule that the model was distilled on.</param>
    /// <exception cref="ImagingException">That schedule has fewer steps than are asked for.</exception>
    public LcmScheduler(SchedulerConfig config, SchedulerRun run)
        : base(config, run, Spread(config, run), firstStep: 0, setsAlphaToOne: true)
    {
        _timestepScaling = config.TimestepScaling;
        _clean = new CleanSample(config, config.ClipsSample ?? false, run.LatentCount);
    }

    /// <inheritdoc/>
    public override bool DrawsNoise(int step) => step < Timesteps.Length - 1;

    /// <inheritdoc/>
    public override void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        int timestep = (int)Timesteps[step];
        float scaled = timestep * _timestepScaling;
        float square = (scaled * scaled) + (SigmaData * SigmaData);
        float skip = SigmaData * SigmaData / square;
        float taken = scaled / MathF.Sqrt(square);
        VarianceSpace here = At(timestep);
        for (int i = 0; i < latents.Length; i++)
        {
            Estimate[i] = here.Clean(latents[i], output[i]);
        }

        _clean.Bound(Estimate);
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (taken * Estimate[i]) + (skip * latents[i]);
        }

        if (DrawsNoise(step))
        {
            At((int)Timesteps[step + 1]).Mix(latents, noise, latents);
        }
    }

    private static float[] Spread(SchedulerConfig config, SchedulerRun run)
    {
        int ratio = config.TrainTimesteps / config.OriginalSteps;
        int count = (int)(config.OriginalSteps * run.Strength);
        if (count < run.Steps)
        {
            throw new ImagingException(
                ImagingError.BadRequest,
                $"{run.Steps} steps are more than the {count} that lcm has at strength {run.Strength}: ask for fewer steps or more strength");
        }

        return [.. Enumerable.Range(0, run.Steps).Select(i => (float)(((count - (int)((double)count / run.Steps * i)) * ratio) - 1))];
    }
}
