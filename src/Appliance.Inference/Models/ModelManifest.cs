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

    /// <summary>What a request gets that does not say, by name (steps, guidance, width, height); null where the model leaves it to the program.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Defaults { get; init; }

    /// <summary>Every file that belongs to the model; other files in the folder are ignored.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>
    /// SHA-256 over the names and hashes of the files that decide what the model does (all but texts for people): one number for the model,
    /// whatever it is called and wherever it lies.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Sha256
    {
        get
        {
            IEnumerable<string> lines = Files.Where(file => !file.Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => $"{file.Path} {file.Sha256.ToLowerInvariant()}\n");
            return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines))));
        }
    }

    /// <summary>Size of all files together, in bytes.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long TotalBytes => Files.Sum(file => file.Bytes);
}
