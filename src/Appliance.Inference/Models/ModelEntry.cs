namespace Appliance.Inference.Models;

/// <summary>One folder below a model root: a model, or the problem with it.</summary>
public sealed record ModelEntry
{
    /// <summary>The name in the manifest; the folder's name where no manifest can be read.</summary>
    public required string Name { get; init; }

    /// <summary>Full path of the folder.</summary>
    public required string Path { get; init; }

    /// <summary>The root that the folder lies in.</summary>
    public required string Root { get; init; }

    /// <summary>The manifest, when it can be read.</summary>
    public ModelManifest? Manifest { get; init; }

    /// <summary>What is wrong; null for a model that can be found by its name. Hashes are not checked for this.</summary>
    public ModelProblem? Problem { get; init; }

    /// <summary>Path of the folder that comes first under the same name; null when this one does.</summary>
    public string? HiddenBy { get; init; }
}
