namespace Appliance.Speech.Segmentation;

/// <summary>How the live audio is cut into segments. Durations are rounded up to whole frames of 32 ms.</summary>
public sealed record LiveVadOptions
{
    /// <summary>A frame with at least this probability is speech.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>Frames below this probability are silence; those between the two neither begin nor interrupt one.</summary>
    public float NegativeThreshold { get; init; } = 0.35f;

    /// <summary>Speech, in all, after which a segment opens; what falls silent before was a click.</summary>
    public int MinSpeechMs { get; init; } = 160;

    /// <summary>Silence after which a segment closes (the hangover).</summary>
    public int MinSilenceMs { get; init; } = 480;

    /// <summary>Audio before the first frame of speech that belongs to the segment: soft first sounds are not speech to the detector.</summary>
    public int PreRollMs { get; init; } = 512;

    /// <summary>Silence kept at the segment's end.</summary>
    public int SpeechPadMs { get; init; } = 384;

    /// <summary>From this length on a shorter silence closes the segment, falling to <see cref="LeastSilenceMs"/> at <see cref="CommitMs"/>.</summary>
    public int RelaxedMs { get; init; } = 15_000;

    /// <summary>The shortest silence that closes a long segment.</summary>
    public int LeastSilenceMs { get; init; } = 128;

    /// <summary>From this length on nothing more is committed, since the segment may be cut anywhere between here and its end.</summary>
    public int CommitMs { get; init; } = 22_016;

    /// <summary>The longest segment: then it is cut at its quietest point after <see cref="CommitMs"/>. Below the model's 30 s.</summary>
    public int MaxSegmentMs { get; init; } = 28_000;

    internal static int Frames(int milliseconds) =>
        ((milliseconds * (SileroVad.SampleRateHz / 1000)) + SileroVad.FrameSamples - 1) / SileroVad.FrameSamples;
}
