namespace Appliance.Speech.Capture;

/// <summary>What is captured, and how.</summary>
public sealed record CaptureOptions
{
    /// <summary>Name of an ALSA device, or <c>auto</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>0-based channel, or null for the mean of all.</summary>
    public int? Channel { get; init; }

    /// <summary>Files that the source <c>file</c> plays, in order, each once.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>1 plays files in real time, 2 twice as fast, 0 as fast as they are read.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>Rate of raw samples on standard input, in Hz.</summary>
    public int RawRateHz { get; init; } = 16000;

    /// <summary>Channels of raw samples on standard input (16-bit little endian, interleaved).</summary>
    public int RawChannels { get; init; } = 1;

    /// <summary>Folder whose entries tell of devices coming and going.</summary>
    public string DeviceRoot { get; init; } = "/dev/snd";

    /// <summary>Muted before the first sample is read.</summary>
    public bool StartsMuted { get; init; }

    /// <summary>By what pace and times are measured.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
