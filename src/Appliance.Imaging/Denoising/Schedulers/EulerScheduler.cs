namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Euler's method on the ordinary differential equation of Karras et al. 2022 (algorithm 2 without churn).</summary>
internal sealed class EulerScheduler : IScheduler
{
    private readonly EulerSigmas _spread;
    private readonly PredictionType _type;
    private readonly float[] _estimate;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    /// <param name="usesKarras">Whether the sigmas are those of Karras.</param>
    public EulerScheduler(SchedulerConfig config, SchedulerRun run, bool usesKarras)
    {
        _spread = EulerSigmas.Of(config, run.Steps, usesKarras);
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
    public bool DrawsNoise(int step) => false;

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
        float sigma = _spread.Sigmas[step];
        float difference = _spread.Sigmas[step + 1] - sigma;
        SigmaSpace here = At(step);
        for (int i = 0; i < latents.Length; i++)
        {
            _estimate[i] = here.Clean(latents[i], output[i]);
            float derivative = (latents[i] - _estimate[i]) / sigma;
            latents[i] += derivative * difference;
        }
    }

    /// <inheritdoc/>
    public void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents) => At(step).Mix(clean, noise, latents);

    private SigmaSpace At(int step) => new(_spread.Sigmas[step], _type);
}
