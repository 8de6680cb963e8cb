namespace Appliance.Speech.Segmentation;

/// <summary>A segment is what was heard between press and release. Nothing from before the press is used.</summary>
internal sealed class PushToTalkTrigger : ISegmentTrigger
{
    /// <inheritdoc/>
    public string Name => "push-to-talk";

    /// <inheritdoc/>
    public bool ClosesOnSilence => false;

    /// <inheritdoc/>
    public bool IsHeldOpen => true;

    /// <inheritdoc/>
    public bool MayOpen(float decibels, float threshold, bool pressed) => pressed;
}
