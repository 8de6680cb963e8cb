namespace Appliance.Speech.Listening;

/// <summary>Whether audio is coming in.</summary>
public enum ListenState
{
    /// <summary>Audio is read.</summary>
    Capturing,

    /// <summary>Muted: nothing is read.</summary>
    Muted,

    /// <summary>The device is away; it is used again when it comes back.</summary>
    Absent,

    /// <summary>The source has ended.</summary>
    Ended,
}
