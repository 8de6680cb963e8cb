namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>The timesteps of schedulers that only know those of training.</summary>
internal static class WholeTimesteps
{
    /// <summary>Spreads the steps as the configuration says.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="otherwise">Spacing of a configuration without one.</param>
    /// <param name="steps">Steps of a run.</param>
    public static float[] Of(SchedulerConfig config, TimestepSpacing otherwise, int steps)
    {
        int count = config.TrainTimesteps;
        double[] timesteps = (config.Spacing ?? otherwise) switch
        {
            TimestepSpacing.Linspace => Spacing.Linspace(count - 1, steps),
            TimestepSpacing.Leading => Spacing.Leading(count / steps, steps, config.StepsOffset ?? 0),
            _ => Spacing.Trailing(count, (double)count / steps, steps),
        };
        return Round(timesteps, count - 1);
    }

    /// <summary>Rounds half to even; an offset may not lead beyond the last timestep of training.</summary>
    public static float[] Round(IEnumerable<double> timesteps, int last) =>
        [.. timesteps.Select(timestep => (float)Math.Min(Math.Round(timestep, MidpointRounding.ToEven), last))];
}
