namespace Appliance.Speech.Segmentation;

/// <summary>When segments may open and must close: the mode of listening.</summary>
internal interface ISegmentTrigger
{
    /// <summary>Name in the configuration.</summary>
    string Name { get; }

    /// <summary>True when silence closes a segment of ordinary length.</summary>
    bool ClosesOnSilence { get; }

    /// <summary>True when a segment is open as long as the button is pressed, whatever is heard.</summary>
    bool IsHeldOpen { get; }

    /// <summary>Whether speech may open a segment now.</summary>
    /// <param name="decibels">Level of the frame, in dBFS.</param>
    /// <param name="threshold">The level that wakes, in dBFS.</param>
    /// <param name="pressed">Whether the button is pressed.</param>
    bool MayOpen(float decibels, float threshold, bool pressed);
}
