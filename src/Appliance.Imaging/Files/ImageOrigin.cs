namespace Appliance.Imaging.Files;

/// <summary>What a picture was drawn with, beside its request.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="ModelSha256">SHA-256 over the model's files.</param>
/// <param name="Provider">Execution provider.</param>
/// <param name="Threads">Threads of a graph call.</param>
/// <param name="InitSha256">SHA-256 of the given picture's file; null without one.</param>
/// <param name="MaskSha256">SHA-256 of the mask's file; null without one.</param>
public sealed record ImageOrigin(string Model, string ModelSha256, string Provider, int Threads, string? InitSha256, string? MaskSha256);
