namespace Appliance.Service.Configuration;

/// <summary>The settings in force: built-in defaults, the configuration file over them, then what was changed at run time, then the environment.</summary>
internal sealed record ApplianceSettings
{
    /// <summary>Who this machine is.</summary>
    public NodeSettings Node { get; init; } = new();

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

    /// <summary>How messages come and go.</summary>
    public MqttSettings Mqtt { get; init; } = new();

    /// <summary>What is kept.</summary>
    public StorageSettings Storage { get; init; } = new();
}
