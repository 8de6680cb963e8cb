namespace Appliance.Service.Cli.Imagine;

/// <summary>A call of <c>imagine</c>, read; what the model decides is null.</summary>
internal sealed record ImagineRequest : ModelRequest
{
    /// <summary>What is to be drawn.</summary>
    public required string Prompt { get; init; }

    /// <summary>What is to be kept away from.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Steps.</summary>
    public int? Steps { get; init; }

    /// <summary>Guidance scale.</summary>
    public double? Guidance { get; init; }

    /// <summary>Part of the rescaling.</summary>
    public double GuidanceRescale { get; init; }

    /// <summary>Seed of the first picture.</summary>
    public required long Seed { get; init; }

    /// <summary>Noise generator.</summary>
    public required string Generator { get; init; }

    /// <summary>Scheduler.</summary>
    public string? Scheduler { get; init; }

    /// <summary>Width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Decoder.</summary>
    public required string Decoder { get; init; }

    /// <summary>Path of the picture to start from.</summary>
    public string? Init { get; init; }

    /// <summary>Strength.</summary>
    public double Strength { get; init; }

    /// <summary>Path of the mask.</summary>
    public string? Mask { get; init; }

    /// <summary>Files that the pictures go to, by place.</summary>
    public required IReadOnlyList<string> Destinations { get; init; }

    /// <summary>Whether a model's own safety checker is applied.</summary>
    public required bool IsChecked { get; init; }

    /// <summary>Time from the call to the file; null for as long as it takes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Where previews go; null for none.</summary>
    public PreviewFile? Preview { get; init; }

    /// <summary>Whether a report is printed instead of paths.</summary>
    public bool WantsJson { get; init; }
}
