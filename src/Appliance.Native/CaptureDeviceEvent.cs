namespace Appliance.Native;

/// <summary>What one reading of a microphone gave.</summary>
public enum CaptureDeviceEvent
{
    /// <summary>Nothing came within the time.</summary>
    Idle = 0,

    /// <summary>Samples.</summary>
    Samples = 1,

    /// <summary>Samples are missing here.</summary>
    Lost = 2,

    /// <summary>The device was muted here.</summary>
    Muted = 3,

    /// <summary>The device went away; nothing more will come.</summary>
    Gone = 4,
}
