using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Speech.Capture;

/// <summary>What is captured, and how.</summary>
public sealed record CaptureOptions
{
    /// <summary>
    /// <c>auto</c>, an ALSA name (<c>hw:CARD=C920</c>, <c>default</c>), the id of a card (<c>C920</c>), or an entry of the folder by-path
    /// below <see cref="DeviceRoot"/>.
    /// </summary>
    public string Device { get; init; } = "auto";

    /// <summary>0-based channel, or null for the mean of all.</summary>
    public int? Channel { get; init; }

    /// <summary>Files that the source <c>file</c> plays, in order, each once.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>1 plays files in real time, 2 twice as fast, 0 as fast as they are read.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>Rate of raw samples on standard input, in Hz.</summary>
    public int RawRateHz { get; init; } = 16000;

    /// <summary>Raw samples, for the source <c>stdin</c>; not owned.</summary>
    public Stream? RawInput { get; init; }

    /// <summary>Channels of raw samples on standard input (16-bit little endian, interleaved).</summary>
    public int RawChannels { get; init; } = 1;

    /// <summary>Folder whose entries tell of devices coming and going.</summary>
    public string DeviceRoot { get; init; } = "/dev/snd";

    /// <summary>A device that is not there yet is waited for; else opening fails.</summary>
    public bool WaitsForDevice { get; init; }

    /// <summary>What the source <c>auto</c> plays, once, where there is no microphone; null: nothing.</summary>
    public string? FallbackFile { get; init; }

    /// <summary>Muted before the first sample is read.</summary>
    public bool StartsMuted { get; init; }

    /// <summary>Told what is odd about a device.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>By what pace and times are measured.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
