namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>The sigma schedule of Karras et al. 2022, equation 5: even steps of the seventh root.</summary>
internal static class KarrasSigmas
{
    private const double Rho = 7;

    /// <summary>Sigmas from the largest to the smallest, both included; one value is the largest.</summary>
    public static double[] Of(double smallest, double largest, int steps)
    {
        double low = Math.Pow(smallest, 1 / Rho);
        double high = Math.Pow(largest, 1 / Rho);
        return [.. Spacing.Range(0, 1, steps).Select(part => Math.Pow(high + (part * (low - high)), Rho))];
    }
}
