namespace Appliance.Speech.Capture;

/// <summary>Why a stretch of the captured timeline has no audio.</summary>
public enum GapReason
{
    /// <summary>The device's buffer overran before it was read.</summary>
    Xrun,

    /// <summary>The device was away.</summary>
    Unplugged,

    /// <summary>Recognition was so far behind that audio had to be given up.</summary>
    Overload,
}
