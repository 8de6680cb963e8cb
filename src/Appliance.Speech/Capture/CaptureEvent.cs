namespace Appliance.Speech.Capture;

/// <summary>What one reading of a capture stream gave.</summary>
public enum CaptureEvent
{
    /// <summary>Nothing happened within the time that a reading waits.</summary>
    Idle,

    /// <summary>Samples; also the first ones after the device came back, or after muting ended.</summary>
    Samples,

    /// <summary>A stretch without audio, to be placed on the timeline as silence and reported.</summary>
    Gap,

    /// <summary>A stretch that was muted, to be placed on the timeline as silence; no fault.</summary>
    Skipped,

    /// <summary>The device went away; told once. The stream waits for it to come back.</summary>
    Absent,

    /// <summary>The device is there (again); told once at the start and after each <see cref="Absent"/>.</summary>
    Present,

    /// <summary>The source has no more audio; every later reading says so too.</summary>
    Ended,
}
