namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Ancestral sampling with Euler's method: each step goes below its aim and adds noise up to it.</summary>
internal sealed class EulerAncestralScheduler : IScheduler
{
    private readonly EulerSigmas _spread;
    private readonly PredictionType _type;
    private readonly float[] _estimate;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    public EulerAncestralScheduler(SchedulerConfig config, SchedulerRun run)
    {
        _spread = EulerSigmas.Of(config, run.Steps, usesKarras: false);
        _type = config.PredictionType;
        _estimate = new float[run.LatentCount];
        FirstStep = run.FirstStep;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Timesteps => _spread.Timesteps;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Sigmas => _spread.Sigmas;

    /// <inheritdoc/>
    public int FirstStep { get; }

    /// <inheritdoc/>
    public float InitNoiseSigma => _spread.InitNoiseSigma;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Clean => _estimate;

    /// <inheritdoc/>
    public bool DrawsNoise(int step) => true;

    /// <inheritdoc/>
    public void Reset()
    {
        // each step stands alone
    }

    /// <inheritdoc/>
    public void ScaleModelInput(int step, ReadOnlySpan<float> latents, Span<float> input) => At(step).ScaleModelInput(latents, input);

    /// <inheritdoc/>
    public void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        float from = _spread.Sigmas[step];
        float to = _spread.Sigmas[step + 1];
        float up = MathF.Sqrt((to * to) * ((from * from) - (to * to)) / (from * from));
        float down = MathF.Sqrt((to * to) - (up * up));
        SigmaSpace here = At(step);
        for (int i = 0; i < latents.Length; i++)
        {
            _estimate[i] = here.Clean(latents[i], output[i]);
            float derivative = (latents[i] - _estimate[i]) / from;
            latents[i] = latents[i] + (derivative * (down - from)) + (noise[i] * up);
        }
    }

    /// <inheritdoc/>
    public void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents) => At(step).Mix(clean, noise, latents);

    private SigmaSpace At(int step) => new(_spread.Sigmas[step], _type);
}
