using Appliance.Imaging.Denoising.Noise;
using Appliance.Imaging.Denoising.Schedulers;

namespace Appliance.Imaging;

/// <summary>The names that a request may hold.</summary>
public static class ImageSchedulers
{
    /// <summary>Names of all schedulers.</summary>
    public static IReadOnlyList<string> Names => SchedulerPolicies.Names;

    /// <summary>Names of all noise generators, the default first.</summary>
    public static IReadOnlyList<string> Generators => NoiseGenerators.Names;
}
