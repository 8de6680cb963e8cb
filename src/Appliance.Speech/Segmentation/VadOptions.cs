namespace Appliance.Speech.Segmentation;

/// <summary>How speech probabilities become speech spans. The defaults suit live audio; <see cref="ForFiles"/> suits recordings.</summary>
public sealed record VadOptions
{
    /// <summary>For recordings: only a pause of half a second parts two spans.</summary>
    public static VadOptions ForFiles { get; } = new() { MinSilenceMs = 500 };

    /// <summary>A span begins at the first frame with at least this probability.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>Frames below this probability count as silence; null means 0.15 below <see cref="Threshold"/>, but at least 0.01.</summary>
    public float? NegativeThreshold { get; init; }

    /// <summary>Spans that are not longer than this, before padding, are left out.</summary>
    public int MinSpeechMs { get; init; } = 250;

    /// <summary>A span ends when silence has lasted this long.</summary>
    public int MinSilenceMs { get; init; } = 100;

    /// <summary>Silence kept on both sides of a span; two spans that are too close for it share the gap.</summary>
    public int SpeechPadMs { get; init; } = 400;

    /// <summary>Longer spans, padding included, are split at the frame with the lowest probability in the second half of this length.</summary>
    public double MaxSpeechSeconds { get; init; } = double.PositiveInfinity;

    internal float EffectiveNegativeThreshold => NegativeThreshold ?? Math.Max(Threshold - 0.15f, 0.01f);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threshold, 0f, nameof(Threshold));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threshold, 1f, nameof(Threshold));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(EffectiveNegativeThreshold, Threshold, nameof(NegativeThreshold));
        ArgumentOutOfRangeException.ThrowIfNegative(MinSpeechMs, nameof(MinSpeechMs));
        ArgumentOutOfRangeException.ThrowIfNegative(MinSilenceMs, nameof(MinSilenceMs));
        ArgumentOutOfRangeException.ThrowIfNegative(SpeechPadMs, nameof(SpeechPadMs));
        // a split needs room for the padding and for some frames to choose from
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSpeechSeconds, (2 * SpeechPadMs / 1000.0) + 0.5, nameof(MaxSpeechSeconds));
    }
}
