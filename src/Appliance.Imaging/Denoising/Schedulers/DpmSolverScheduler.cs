namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>DPM-Solver++ in its multistep form of order 1 or 2 (Lu et al. 2022, algorithm 2).</summary>
internal sealed class DpmSolverScheduler : Scheduler
{
    /// <summary>With fewer steps the last one is of order 1, which is steadier.</summary>
    private const int FewSteps = 15;

    private readonly SchedulerConfig _config;
    private readonly CleanSample _clean;
    private float[] _estimate;
    private float[] _before;
    private int _stepsDone;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    /// <param name="usesKarras">Whether the sigmas are those of Karras.</param>
    public DpmSolverScheduler(SchedulerConfig config, SchedulerRun run, bool usesKarras)
        : this(config, run, Spread(config, run.Steps, usesKarras))
    {
    }

    private DpmSolverScheduler(SchedulerConfig config, SchedulerRun run, (float[] Timesteps, float[] Sigmas) spread)
        : base(spread.Timesteps, spread.Sigmas, run.FirstStep, run.LatentCount)
    {
        _config = config;
        _clean = new CleanSample(config, clips: false, run.LatentCount);
        (_estimate, _before) = (Estimate, new float[run.LatentCount]);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<float> Clean => _before;

    /// <inheritdoc/>
    public override void Reset() => _stepsDone = 0;

    /// <inheritdoc/>
    public override void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        Aim(step, output, latents);
        bool isLast = step == Timesteps.Length - 1
            && (_config.EndsWithEuler || (_config.LowersOrderAtEnd && Timesteps.Length < FewSteps) || !_config.EndsAtSmallestSigma);
        if (_config.SolverOrder == 1 || _stepsDone == 0 || isLast)
        {
            FirstOrder(step, latents);
        }
        else
        {
            SecondOrder(step, latents);
        }

        (_estimate, _before) = (_before, _estimate);
        _stepsDone++;
    }

    /// <inheritdoc/>
    public override void AddNoise(int step, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> latents)
    {
        Point here = At(step);
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (here.Alpha * clean[i]) + (here.Sigma * noise[i]);
        }
    }

    private static (float[] Timesteps, float[] Sigmas) Spread(SchedulerConfig config, int steps, bool usesKarras)
    {
        NoiseSchedule schedule = new(config, keepsSigmaFinite: true);
        double[] sigmas = usesKarras ? KarrasSigmas.Of(schedule.Sigmas[0], schedule.Sigmas[^1], steps) : [];
        float[] timesteps = WholeTimesteps.Round(usesKarras ? sigmas.Select(schedule.TimestepOf) : Spread(config, schedule, steps), schedule.Count - 1);
        sigmas = usesKarras ? sigmas : [.. timesteps.Select(timestep => schedule.SigmaAt(timestep))];
        return (timesteps, [.. sigmas.Select(sigma => (float)sigma), config.EndsAtSmallestSigma ? schedule.Sigmas[0] : 0]);
    }

    private static double[] Spread(SchedulerConfig config, NoiseSchedule schedule, int steps)
    {
        // half the logarithm of the signal to noise ratio may not fall below a bound, for schedules that end without any signal
        int clipped = 0;
        while (clipped < schedule.Count && Lambda(schedule.AlphasCumulative[schedule.Count - 1 - clipped]) < config.SmallestLambda)
        {
            clipped++;
        }

        int last = schedule.Count - clipped;
        return (config.Spacing ?? TimestepSpacing.Linspace) switch
        {
            TimestepSpacing.Linspace => [.. Spacing.Linspace(last - 1, steps + 1).Take(steps)],
            TimestepSpacing.Leading => [.. Spacing.Leading(last / (steps + 1), steps + 1, config.StepsOffset ?? 0).Take(steps)],
            _ => Spacing.Trailing(last, (double)schedule.Count / steps, steps),
        };
    }

    private static float Lambda(float alphaCumulative) => MathF.Log(MathF.Sqrt(alphaCumulative)) - MathF.Log(MathF.Sqrt(1 - alphaCumulative));

    private Point At(int step) => new(Sigmas[step]);

    private void Aim(int step, ReadOnlySpan<float> output, ReadOnlySpan<float> latents)
    {
        Point here = At(step);
        for (int i = 0; i < latents.Length; i++)
        {
            _estimate[i] = _config.PredictionType switch
            {
                PredictionType.Epsilon => (latents[i] - (here.Sigma * output[i])) / here.Alpha,
                PredictionType.VPrediction => (here.Alpha * latents[i]) - (here.Sigma * output[i]),
                _ => output[i],
            };
        }

        _clean.Bound(_estimate);
    }

    private void FirstOrder(int step, Span<float> latents)
    {
        (Point from, Point to) = (At(step), At(step + 1));
        float kept = to.Sigma / from.Sigma;
        float added = to.Alpha * (MathF.Exp(from.Lambda - to.Lambda) - 1);
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (kept * latents[i]) - (added * _estimate[i]);
        }
    }

    private void SecondOrder(int step, Span<float> latents)
    {
        (Point before, Point from, Point to) = (At(step - 1), At(step), At(step + 1));
        float h = to.Lambda - from.Lambda;
        float ratio = (from.Lambda - before.Lambda) / h;
        float kept = to.Sigma / from.Sigma;
        float decay = MathF.Exp(-h) - 1;
        float added = to.Alpha * decay;
        float slope = _config.SolvesByHeun ? to.Alpha * ((decay / h) + 1) : -0.5f * added;
        for (int i = 0; i < latents.Length; i++)
        {
            float difference = (1 / ratio) * (_estimate[i] - _before[i]);
            latents[i] = (kept * latents[i]) - (added * _estimate[i]) + (slope * difference);
        }
    }

    /// <summary>A sigma as the pair of factors of a process that keeps the variance, and half the logarithm of their ratio.</summary>
    private readonly struct Point
    {
        public Point(float sigma)
        {
            Alpha = 1 / MathF.Sqrt((sigma * sigma) + 1);
            Sigma = sigma * Alpha;
            Lambda = MathF.Log(Alpha) - MathF.Log(Sigma);
        }

        public float Alpha { get; }

        public float Sigma { get; }

        public float Lambda { get; }
    }
}
