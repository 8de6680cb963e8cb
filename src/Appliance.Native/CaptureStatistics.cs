namespace Appliance.Native;

/// <summary>What was met while capturing. Frames are sample frames at the device's rate.</summary>
public readonly record struct CaptureStatistics
{
    /// <summary>0-based channel in use; null for the mean of all.</summary>
    public required int? ChannelUsed { get; init; }

    /// <summary>The mean of the channels was more than 20 dB below the loudest, which is used instead.</summary>
    public required bool CancelledChannels { get; init; }

    /// <summary>The capture thread has real-time priority.</summary>
    public required bool IsRealtime { get; init; }

    /// <summary>Frames read.</summary>
    public required long CapturedFrames { get; init; }

    /// <summary>Frames lost, all causes.</summary>
    public required long LostFrames { get; init; }

    /// <summary>Overruns of the device's buffer.</summary>
    public required long Xruns { get; init; }

    /// <summary>Times that the system slept.</summary>
    public required long Suspends { get; init; }

    /// <summary>Times that nothing came for two seconds and the device was started anew.</summary>
    public required long Stalls { get; init; }

    /// <summary>Times that nobody took what was captured for 30 s.</summary>
    public required long RingOverruns { get; init; }

    /// <summary>The device's rate by the monotonic clock; 0 while not yet known.</summary>
    public required double MeasuredRateHz { get; init; }
}
