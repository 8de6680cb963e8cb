namespace Appliance.Inference.Models;

/// <summary>A model folder whose files are those of its manifest.</summary>
/// <param name="Path">Full path of the folder.</param>
/// <param name="Manifest">Its manifest.</param>
public sealed record ModelFolder(string Path, ModelManifest Manifest)
{
    /// <summary>The name in the manifest.</summary>
    public string Name => Manifest.Name;

    /// <summary>Full path of a file of this model, given relative to the folder.</summary>
    public string FilePath(string relativePath) => System.IO.Path.Combine(Path, relativePath);
}
