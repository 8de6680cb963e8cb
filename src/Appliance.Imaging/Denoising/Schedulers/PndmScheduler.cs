namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>
/// Pseudo linear multistep (Liu et al. 2022, equation 9 with the multistep of order 4), without the Runge-Kutta start: the second timestep
/// is run twice instead, so that there is one step more than was asked for.
/// </summary>
internal sealed class PndmScheduler : VarianceScheduler
{
    private const int Order = 4;

    private readonly int _ratio;
    private readonly float[][] _outputs;
    private readonly float[] _start;
    private readonly float[] _mixed;
    private int _stepsDone;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="run">What it is made for.</param>
    public PndmScheduler(SchedulerConfig config, SchedulerRun run)
        : base(config, run, Spread(config, run), run.FirstStep, setsAlphaToOne: false)
    {
        _ratio = config.TrainTimesteps / run.Steps;
        _outputs = [.. Enumerable.Range(0, Order).Select(_ => new float[run.LatentCount])];
        _start = new float[run.LatentCount];
        _mixed = new float[run.LatentCount];
    }

    /// <inheritdoc/>
    public override void Reset() => _stepsDone = 0;

    /// <inheritdoc/>
    public override void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        int timestep = (int)Timesteps[step];
        if (_stepsDone == 1)
        {
            // the first step once more, with the mean of the outputs at both of its ends
            Average(output);
            _start.CopyTo(latents);
            Transfer(Math.Min(timestep + _ratio, Schedule.Count - 1), timestep, latents);
        }
        else
        {
            Remember(output);
            if (_stepsDone == 0)
            {
                latents.CopyTo(_start);
            }

            Combine(Math.Min(_stepsDone == 0 ? 1 : _stepsDone, Order));
            Transfer(timestep, timestep - _ratio, latents);
        }

        _stepsDone++;
    }

    private static float[] Spread(SchedulerConfig config, SchedulerRun run)
    {
        float[] timesteps = WholeTimesteps.Of(config, TimestepSpacing.Leading, run.Steps);
        return timesteps.Length < 2 ? timesteps : [timesteps[0], timesteps[1], .. timesteps[1..]];
    }

    private void Remember(ReadOnlySpan<float> output)
    {
        float[] oldest = _outputs[^1];
        Array.Copy(_outputs, 0, _outputs, 1, Order - 1);
        _outputs[0] = oldest;
        output.CopyTo(oldest);
    }

    private void Average(ReadOnlySpan<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            _mixed[i] = (output[i] + _outputs[0][i]) / 2;
        }
    }

    /// <summary>Adams-Bashforth over the outputs so far, the newest first.</summary>
    private void Combine(int count)
    {
        for (int i = 0; i < _mixed.Length; i++)
        {
            float e = _outputs[0][i];
            _mixed[i] = count switch
            {
                1 => e,
                2 => ((3 * e) - _outputs[1][i]) / 2,
                3 => ((23 * e) - (16 * _outputs[1][i]) + (5 * _outputs[2][i])) / 12,
                _ => ((55 * e) - (59 * _outputs[1][i]) + (37 * _outputs[2][i]) - (9 * _outputs[3][i])) / 24,
            };
        }
    }

    /// <summary>Equation 9, with the mixed outputs as noise.</summary>
    private void Transfer(int from, int to, Span<float> latents)
    {
        (float alpha, float next) = (AlphaAt(from), AlphaAt(to));
        VarianceSpace here = At(from);
        float kept = MathF.Sqrt(next / alpha);
        float denominator = (alpha * MathF.Sqrt(1 - next)) + MathF.Sqrt(alpha * (1 - alpha) * next);
        for (int i = 0; i < latents.Length; i++)
        {
            Estimate[i] = here.Clean(latents[i], _mixed[i]);
            latents[i] = (kept * latents[i]) - ((next - alpha) * here.Noise(latents[i], _mixed[i]) / denominator);
        }
    }
}
