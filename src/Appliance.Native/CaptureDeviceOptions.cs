namespace Appliance.Native;

/// <summary>How a microphone is read.</summary>
public sealed record CaptureDeviceOptions
{
    /// <summary>0-based channel to take; null for the mean of all, or of the loudest channel where the mean cancels.</summary>
    public int? Channel { get; init; }

    /// <summary>No sample is read before it is unmuted.</summary>
    public bool StartsMuted { get; init; }
}
