namespace Appliance.Service.Configuration;

/// <summary>Section <c>imaging</c>; null means what the model is made for.</summary>
internal sealed record ImagingSettings
{
    /// <summary>Name or path of the model.</summary>
    public string Model { get; init; } = "emoji-diffusion";

    /// <summary>Steps of a run.</summary>
    public int? Steps { get; init; }

    /// <summary>Guidance scale.</summary>
    public double? Guidance { get; init; }

    /// <summary>Name of the scheduler.</summary>
    public string? Scheduler { get; init; }

    /// <summary>Width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Whether a model's own safety checker is applied.</summary>
    public bool SafetyChecker { get; init; } = true;
}
