namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Sampling of latent consistency models (Luo et al. 2023): each step guesses the clean sample and adds noise again.</summary>
internal sealed class LcmScheduler : IScheduler
{
    private const float SigmaData = 0.5f;

    private readonly NoiseSchedule _schedule;
    private readonly SchedulerConfig _config;
    private readonly CleanSample _clean;
    private readonly float _finalAlpha;
    private readonly float[] _timesteps;
    private readonly float[] _estimate;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for; strength shortens the schedule that the model was distilled on.</param>
    /// <exception cref="ImagingException">That schedule has fewer steps than are asked for.</exception>
    public LcmScheduler(SchedulerConfig config, SchedulerRun run)
    {
        _config = config;
        _schedule = new NoiseSchedule(config, keepsSigmaFinite: false);
        _clean = new CleanSample(config, config.ClipsSample ?? false, run.LatentCount);
        _finalAlpha = config.SetAlphaToOne ?? true ? 1 : _schedule.AlphasCumulative[0];
        _timesteps = Spread(config, run);
        _estimate = new float[run.LatentCount];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Timesteps => _timesteps;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Sigmas => [];

    /// <inheritdoc/>
    public int FirstStep => 0;

    /// <inheritdoc/>
    public float InitNoiseSigma => 1;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Clean => _estimate;

    /// <inheritdoc/>
    public bool DrawsNoise(int step) => step < _timesteps.Length - 1;

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
        int timestep = (int)_timesteps[step];
        float scaled = timestep * _config.TimestepScaling;
        float square = (scaled * scaled) + (SigmaData * SigmaData);
        float skip = SigmaData * SigmaData / square;
        float taken = scaled / MathF.Sqrt(square);
        VarianceSpace here = new(_schedule.AlphasCumulative[timestep], _config.PredictionType);
        for (int i = 0; i < latents.Length; i++)
        {
            _estimate[i] = here.Clean(latents[i], output[i]);
        }

        _clean.Bound(_estimate);
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (taken * _estimate[i]) + (skip * latents[i]);
        }

        if (DrawsNoise(step))
        {
            int next = (int)_timesteps[step + 1];
            float alpha = next >= 0 ? _schedule.AlphasCumulative[next] : _finalAlpha;
            new VarianceSpace(alpha, _config.PredictionType).Mix(latents, noise, latents);
        }
    }

    /// <inheritdoc/>
    public void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents) =>
        new VarianceSpace(_schedule.AlphasCumulative[(int)_timesteps[step]], _config.PredictionType).Mix(clean, noise, latents);

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
