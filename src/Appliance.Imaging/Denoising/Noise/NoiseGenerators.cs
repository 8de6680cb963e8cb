using System.Collections.Frozen;

namespace Appliance.Imaging.Denoising.Noise;

/// <summary>The noise generators.</summary>
internal static class NoiseGenerators
{
    /// <summary>The one that is used when none is asked for.</summary>
    public const string Default = "torch-cpu";

    private static readonly NoiseGenerator[] All =
    [
        new(Default, seed => new TorchCpuNoise(seed)),
        new("philox", seed => new PhiloxNoise(seed)),
    ];

    private static readonly FrozenDictionary<string, NoiseGenerator> ByName = All.ToFrozenDictionary(generator => generator.Name, StringComparer.Ordinal);

    /// <summary>Names of all generators.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(generator => generator.Name)];

    /// <summary>The generator of a name.</summary>
    /// <exception cref="ImagingException">There is none; the message lists those there are.</exception>
    public static NoiseGenerator Find(string name) => ByName.TryGetValue(name, out NoiseGenerator? generator)
        ? generator
        : throw new ImagingException(ImagingError.BadRequest, $"unknown generator \"{name}\": use one of {string.Join(", ", Names)}");
}
