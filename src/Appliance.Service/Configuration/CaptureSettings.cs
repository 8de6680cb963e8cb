namespace Appliance.Service.Configuration;

/// <summary>Section <c>capture</c>.</summary>
internal sealed record CaptureSettings
{
    /// <summary>Name of the source.</summary>
    public string Source { get; init; } = "alsa";

    /// <summary>Name of the microphone, or <c>auto</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>0-based channel, or null for the mean.</summary>
    public int? Channel { get; init; }

    /// <summary>When segments begin and end.</summary>
    public string Mode { get; init; } = "continuous";

    /// <summary>The level that wakes, in dBFS.</summary>
    public double LevelThreshold { get; init; } = -40;

    /// <summary>Only what follows one of these is published; empty: everything.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>What the source <c>file</c> plays; null: nothing.</summary>
    public string? File { get; init; }

    /// <summary>Folder whose entries tell of devices coming and going.</summary>
    public string DeviceRoot { get; init; } = "/dev/snd";
}
