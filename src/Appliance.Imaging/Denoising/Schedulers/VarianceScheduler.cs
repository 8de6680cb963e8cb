namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>What the schedulers have alike whose latents are sqrt(a)·clean + sqrt(1 − a)·noise at whole timesteps.</summary>
internal abstract class VarianceScheduler : Scheduler
{
    private readonly float _finalAlpha;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    /// <param name="timesteps">The timestep of each step.</param>
    /// <param name="firstStep">The first step that is run.</param>
    /// <param name="setsAlphaToOne">Whether nothing but the clean latents is left after the last step, where the configuration does not say.</param>
    protected VarianceScheduler(SchedulerConfig config, SchedulerRun run, float[] timesteps, int firstStep, bool setsAlphaToOne)
        : base(timesteps, [], firstStep, run.LatentCount)
    {
        Schedule = new NoiseSchedule(config, keepsSigmaFinite: false);
        Type = config.PredictionType;
        _finalAlpha = config.SetAlphaToOne ?? setsAlphaToOne ? 1 : Schedule.AlphasCumulative[0];
    }

    /// <summary>How much is left at each timestep.</summary>
    protected NoiseSchedule Schedule { get; }

    /// <summary>What the denoiser's output means.</summary>
    protected PredictionType Type { get; }

    /// <inheritdoc/>
    public override void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents) =>
        At((int)Timesteps[step]).Mix(clean, noise, latents);

    /// <summary>How much is left at a timestep, of training or below it.</summary>
    protected float AlphaAt(int timestep) => timestep >= 0 ? Schedule.AlphasCumulative[timestep] : _finalAlpha;

    /// <summary>The point of a timestep.</summary>
    protected VarianceSpace At(int timestep) => new(AlphaAt(timestep), Type);
}
