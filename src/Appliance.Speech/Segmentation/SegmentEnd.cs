namespace Appliance.Speech.Segmentation;

/// <summary>Why a live segment ended.</summary>
internal enum SegmentEnd
{
    /// <summary>Nobody spoke for the hangover.</summary>
    Silence,

    /// <summary>It was as long as it may be; the next segment goes on from it.</summary>
    Cut,

    /// <summary>The push-to-talk button was released.</summary>
    Released,

    /// <summary>The source was muted or has ended.</summary>
    Stopped,

    /// <summary>The device went away.</summary>
    Unplugged,
}
