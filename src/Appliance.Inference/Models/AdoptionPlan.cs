namespace Appliance.Inference.Models;

/// <summary>What to bring into the catalogue from a folder.</summary>
/// <param name="Source">Full path of the folder.</param>
/// <param name="Manifest">The manifest to write; its files have no sizes and hashes yet where the source has no manifest.</param>
/// <param name="IsPromised">Whether sizes and hashes are promised by a manifest of the source and must come out the same.</param>
internal sealed record AdoptionPlan(string Source, ModelManifest Manifest, bool IsPromised);
