using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising.Noise;
using Appliance.Imaging.Denoising.Schedulers;

namespace Appliance.Imaging;

/// <summary>The names that a request may hold.</summary>
public static class ImageChoices
{
    /// <summary>Names of all schedulers.</summary>
    public static IReadOnlyList<string> Schedulers => SchedulerPolicies.Names;

    /// <summary>Names of the decoders that can be asked for, the default first.</summary>
    public static IReadOnlyList<string> Decoders { get; } = [DecoderNames.Vae, DecoderNames.Tiny];

    /// <summary>Names of all noise generators, the default first.</summary>
    public static IReadOnlyList<string> Generators => NoiseGenerators.Names;
}
