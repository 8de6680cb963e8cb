namespace Appliance.Inference.Models;

/// <summary>One file of a model folder, as its manifest promises it.</summary>
public sealed record ModelFile
{
    /// <summary>Relative to the model folder, with forward slashes; never leaves the folder.</summary>
    public required string Path { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the content, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}
