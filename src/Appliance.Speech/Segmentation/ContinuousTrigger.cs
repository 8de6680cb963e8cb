namespace Appliance.Speech.Segmentation;

/// <summary>Every speech opens a segment.</summary>
internal sealed class ContinuousTrigger : ISegmentTrigger
{
    /// <inheritdoc/>
    public string Name => "continuous";

    /// <inheritdoc/>
    public bool ClosesOnSilence => true;

    /// <inheritdoc/>
    public bool IsHeldOpen => false;

    /// <inheritdoc/>
    public bool MayOpen(float decibels, float threshold, bool pressed) => true;
}
