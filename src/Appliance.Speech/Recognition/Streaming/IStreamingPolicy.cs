namespace Appliance.Speech.Recognition.Streaming;

/// <summary>Decides how much of a hypothesis is sure enough to stay.</summary>
internal interface IStreamingPolicy
{
    /// <summary>Name in the configuration.</summary>
    string Name { get; }

    /// <summary>True when it needs to know where the decoder looked.</summary>
    bool NeedsAlignment { get; }

    /// <summary>How many of the hypothesis' words may be committed, counted from its start.</summary>
    /// <param name="hypothesis">What the segment is believed to say now.</param>
    /// <param name="previous">Text tokens of the hypothesis before; empty when there was none.</param>
    int CommittableWords(SegmentHypothesis hypothesis, ReadOnlySpan<int> previous);
}
