namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>The timesteps of a run, from the noisy end; in double, rounded half to even where diffusers rounds.</summary>
internal static class Spacing
{
    /// <summary>Evenly from <paramref name="last"/> to 0, both included.</summary>
    public static double[] Linspace(double last, int steps) => [.. Range(0, last, steps).Reverse()];

    /// <summary>Multiples of a whole ratio from the small end, with the offset added.</summary>
    public static double[] Leading(int ratio, int steps, int offset) =>
        [.. Enumerable.Range(0, steps).Reverse().Select(i => (double)((i * ratio) + offset))];

    /// <summary>
    /// Down from <paramref name="last"/> by the exact ratio, less one. Always as many as there are steps: for 62 step counts diffusers adds
    /// one more, −1, which comes of a rounding error and means no timestep.
    /// </summary>
    public static double[] Trailing(double last, double ratio, int steps)
    {
        // numpy adds multiples of the first difference, as it was rounded
        double difference = (last - ratio) - last;
        return [.. Enumerable.Range(0, steps).Select(i => Math.Round(last + (i * difference), MidpointRounding.ToEven) - 1)];
    }

    /// <summary>Evenly from start to end, both included; one value is the start.</summary>
    public static IEnumerable<double> Range(double start, double end, int count)
    {
        double step = count > 1 ? (end - start) / (count - 1) : 0;
        return Enumerable.Range(0, count).Select(i => i > 0 && i == count - 1 ? end : start + (i * step));
    }
}
