namespace Appliance.Imaging.Denoising.Noise;

/// <summary>A way from seeds to noise, by its name.</summary>
/// <param name="Name">The name that people use and that a picture's metadata hold.</param>
/// <param name="Create">The noise of a seed.</param>
internal sealed record NoiseGenerator(string Name, Func<long, INoiseSource> Create);
