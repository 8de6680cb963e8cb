namespace Appliance.Speech.Segmentation;

/// <summary>Only speech that is loud enough opens a segment; once open it goes on like any other.</summary>
internal sealed class LevelTrigger : ISegmentTrigger
{
    /// <inheritdoc/>
    public string Name => "level";

    /// <inheritdoc/>
    public bool ClosesOnSilence => true;

    /// <inheritdoc/>
    public bool IsHeldOpen => false;

    /// <inheritdoc/>
    public bool MayOpen(float decibels, float threshold, bool pressed) => decibels >= threshold;
}
