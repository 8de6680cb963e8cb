namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>DDIM without added noise (Song et al. 2021, equation 12 with sigma 0).</summary>
internal sealed class DdimScheduler : IScheduler
{
    private readonly NoiseSchedule _schedule;
    private readonly PredictionType _type;
    private readonly CleanSample _clean;
    private readonly float _finalAlpha;
    private readonly float[] _timesteps;
    private readonly float[] _estimate;
    private readonly int _ratio;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    public DdimScheduler(SchedulerConfig config, SchedulerRun run)
    {
        _schedule = new NoiseSchedule(config, keepsSigmaFinite: false);
        _type = config.PredictionType;
        _clean = new CleanSample(config, config.ClipsSample ?? true, run.LatentCount);
        _finalAlpha = config.SetAlphaToOne ?? true ? 1 : _schedule.AlphasCumulative[0];
        _timesteps = WholeTimesteps.Of(config, TimestepSpacing.Leading, run.Steps);
        _estimate = new float[run.LatentCount];
        _ratio = config.TrainTimesteps / run.Steps;
        FirstStep = run.FirstStep;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Timesteps => _timesteps;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Sigmas => [];

    /// <inheritdoc/>
    public int FirstStep { get; }

    /// <inheritdoc/>
    public float InitNoiseSigma => 1;

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
    public void ScaleModelInput(int step, ReadOnlySpan<float> latents, Span<float> input) => latents.CopyTo(input);

    /// <inheritdoc/>
    public void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        // the step before is a whole ratio away, whatever the list of timesteps says
        int timestep = (int)_timesteps[step];
        int previous = timestep - _ratio;
        float next = previous >= 0 ? _schedule.AlphasCumulative[previous] : _finalAlpha;
        VarianceSpace here = new(_schedule.AlphasCumulative[timestep], _type);
        for (int i = 0; i < latents.Length; i++)
        {
            _estimate[i] = here.Clean(latents[i], output[i]);
        }

        _clean.Bound(_estimate);
        (float left, float rest) = (MathF.Sqrt(next), MathF.Sqrt(1 - next));
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (left * _estimate[i]) + (rest * here.Noise(latents[i], output[i]));
        }
    }

    /// <inheritdoc/>
    public void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents) =>
        new VarianceSpace(_schedule.AlphasCumulative[(int)_timesteps[step]], _type).Mix(clean, noise, latents);
}
