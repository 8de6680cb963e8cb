namespace Appliance.Service.Configuration;

/// <summary>The settings in force: built-in defaults, the configuration file over them, the environment over both.</summary>
internal sealed record ApplianceSettings
{
    /// <summary>Where models lie.</summary>
    public ModelSettings Models { get; init; } = new();

    /// <summary>How graphs run.</summary>
    public InferenceSettings Inference { get; init; } = new();

    /// <summary>How speech becomes text.</summary>
    public SpeechSettings Speech { get; init; } = new();

    /// <summary>How pictures are drawn.</summary>
    public ImagingSettings Imaging { get; init; } = new();

    /// <summary>What is listened to.</summary>
    public CaptureSettings Capture { get; init; } = new();
}
