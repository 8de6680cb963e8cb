namespace Appliance.Imaging;

/// <summary>Where the time of a picture went.</summary>
/// <param name="Prompt">Prompts to embedding.</param>
/// <param name="Start">Noise, and the given picture to latents.</param>
/// <param name="Denoising">All steps.</param>
/// <param name="Decoding">Latents to pixels.</param>
/// <param name="Total">All of it.</param>
/// <param name="Engine">The part of it that was spent in ONNX Runtime.</param>
/// <param name="Steps">Steps that were run.</param>
public sealed record ImageTiming(TimeSpan Prompt, TimeSpan Start, TimeSpan Denoising, TimeSpan Decoding, TimeSpan Total, TimeSpan Engine, int Steps);
