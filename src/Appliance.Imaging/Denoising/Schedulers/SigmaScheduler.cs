namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>What the two Euler schedulers have alike: latents are clean + sigma·noise, and the denoiser gets them at a variance of about 1.</summary>
internal abstract class SigmaScheduler : Scheduler
{
    private readonly EulerSigmas _spread;
    private readonly PredictionType _type;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    /// <param name="spread">Its timesteps and sigmas.</param>
    protected SigmaScheduler(SchedulerConfig config, SchedulerRun run, EulerSigmas spread)
        : base(spread.Timesteps, spread.Sigmas, run.FirstStep, run.LatentCount)
    {
        _spread = spread;
        _type = config.PredictionType;
    }

    /// <inheritdoc/>
    public override float InitNoiseSigma => _spread.InitNoiseSigma;

    /// <inheritdoc/>
    public override void ScaleModelInput(int step, ReadOnlySpan<float> latents, Span<float> input) => At(step).ScaleModelInput(latents, input);

    /// <inheritdoc/>
    public override void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents) => At(step).Mix(clean, noise, latents);

    /// <summary>The point of a step.</summary>
    protected SigmaSpace At(int step) => new(_spread.Sigmas[step], _type);
}
