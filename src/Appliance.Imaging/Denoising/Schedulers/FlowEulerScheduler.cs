namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Euler's method on a rectified flow (Esser et al. 2024): a sample is (1 − sigma)·clean + sigma·noise, the output its slope.</summary>
internal sealed class FlowEulerScheduler : IScheduler
{
    private readonly float[] _timesteps;
    private readonly float[] _sigmas;
    private readonly float[] _estimate;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    public FlowEulerScheduler(SchedulerConfig config, SchedulerRun run)
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

        _sigmas = [.. sigmas.Select(sigma => (float)sigma), 0];
        _timesteps = [.. _sigmas.Take(run.Steps).Select(sigma => sigma * count)];
        _estimate = new float[run.LatentCount];
        FirstStep = run.FirstStep;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Timesteps => _timesteps;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Sigmas => _sigmas;

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
        float difference = _sigmas[step + 1] - _sigmas[step];
        for (int i = 0; i < latents.Length; i++)
        {
            _estimate[i] = latents[i] - (_sigmas[step] * output[i]);
            latents[i] += difference * output[i];
        }
    }

    /// <inheritdoc/>
    public void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents)
    {
        float sigma = _sigmas[step];
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (sigma * noise[i]) + ((1 - sigma) * clean[i]);
        }
    }

    private static float ShiftSingle(float sigma, float shift) => shift * sigma / (1 + ((shift - 1) * sigma));

    private static double Shift(double sigma, double shift) => shift * sigma / (1 + ((shift - 1) * sigma));
}
