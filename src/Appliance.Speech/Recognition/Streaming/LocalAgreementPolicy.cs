namespace Appliance.Speech.Recognition.Streaming;

/// <summary>LocalAgreement-2 (arXiv 2307.14743): what two hypotheses in a row begin with, in whole words.</summary>
internal sealed class LocalAgreementPolicy : IStreamingPolicy
{
    /// <inheritdoc/>
    public string Name => "local-agreement";

    /// <inheritdoc/>
    public bool NeedsAlignment => false;

    /// <inheritdoc/>
    public int CommittableWords(SegmentHypothesis hypothesis, ReadOnlySpan<int> previous) =>
        hypothesis.WordsWithin(hypothesis.Text.AsSpan().CommonPrefixLength(previous));
}
