namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>DDIM without added noise (Song et al. 2021, equation 12 with sigma 0).</summary>
internal sealed class DdimScheduler : VarianceScheduler
{
    private readonly CleanSample _clean;
    private readonly int _ratio;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    public DdimScheduler(SchedulerConfig config, SchedulerRun run)
        : base(config, run, WholeTimesteps.Of(config, TimestepSpacing.Leading, run.Steps), run.FirstStep, setsAlphaToOne: true)
    {
        _clean = new CleanSample(config, config.ClipsSample ?? true, run.LatentCount);
        _ratio = config.TrainTimesteps / run.Steps;
    }

    /// <inheritdoc/>
    public override void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        // the step before is a whole ratio away, whatever the list of timesteps says
        int timestep = (int)Timesteps[step];
        float next = AlphaAt(timestep - _ratio);
        VarianceSpace here = At(timestep);
        for (int i = 0; i < latents.Length; i++)
        {
            Estimate[i] = here.Clean(latents[i], output[i]);
        }

        _clean.Bound(Estimate);
        (float left, float rest) = (MathF.Sqrt(next), MathF.Sqrt(1 - next));
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (left * Estimate[i]) + (rest * here.Noise(latents[i], output[i]));
        }
    }
}
