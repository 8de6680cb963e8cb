namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>What most schedulers have alike: no scaling of the input, no noise, every step for itself.</summary>
internal abstract class Scheduler : IScheduler
{
    private readonly float[] _timesteps;
    private readonly float[] _sigmas;

    /// <param name="timesteps">The timestep of each step.</param>
    /// <param name="sigmas">The sigmas; empty without.</param>
    /// <param name="firstStep">The first step that is run.</param>
    /// <param name="latentCount">Values of one picture's latents.</param>
    protected Scheduler(float[] timesteps, float[] sigmas, int firstStep, int latentCount)
    {
        (_timesteps, _sigmas, FirstStep) = (timesteps, sigmas, firstStep);
        Estimate = new float[latentCount];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Timesteps => _timesteps;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Sigmas => _sigmas;

    /// <inheritdoc/>
    public int FirstStep { get; }

    /// <inheritdoc/>
    public virtual float InitNoiseSigma => 1;

    /// <inheritdoc/>
    public virtual ReadOnlySpan<float> Clean => Estimate;

    /// <summary>Where a step puts the clean latents that it aims at.</summary>
    protected float[] Estimate { get; }

    /// <inheritdoc/>
    public virtual bool DrawsNoise(int step) => false;

    /// <inheritdoc/>
    public virtual void Reset()
    {
        // each step stands alone
    }

    /// <inheritdoc/>
    public virtual void ScaleModelInput(int step, ReadOnlySpan<float> latents, Span<float> input) => latents.CopyTo(input);

    /// <inheritdoc/>
    public abstract void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise);

    /// <inheritdoc/>
    public abstract void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents);
}
