namespace Appliance.Inference.Models;

/// <summary>
/// What <c>manifest.json</c> says of a model folder. Unknown keys are ignored, so that a newer writer's manifest still
/// reads; <see cref="ModelManifestFile"/> checks what is required.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>The name people type: lower-case letters, digits, dot, dash, underscore.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is for; <see cref="ModelKinds"/> lists the kinds this version knows.</summary>
    public required string Kind { get; init; }

    /// <summary>SPDX identifier, or "unknown".</summary>
    public required string Licence { get; init; }

    /// <summary>Where the weights come from, or "unknown".</summary>
    public required string Origin { get; init; }

    // the generated reader sets every property, also those that the file leaves out: to null, whatever their type

    /// <summary>Free text.</summary>
    public string Notes { get; init => field = value ?? ""; } = "";

    /// <summary>Language codes in the model's own order; empty where language means nothing.</summary>
    public IReadOnlyList<string> Languages { get; init => field = value ?? []; } = [];

    /// <summary>Every file that belongs to the model; other files in the folder are ignored.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>Size of all files together, in bytes.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long TotalBytes => Files.Sum(file => file.Bytes);
}
