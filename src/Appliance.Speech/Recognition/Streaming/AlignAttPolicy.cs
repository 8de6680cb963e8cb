namespace Appliance.Speech.Recognition.Streaming;

/// <summary>
/// AlignAtt (arXiv 2305.11408): a token stays when the decoder looked at audio that lies well before the end of what was heard; from the
/// first token on that looks at the end, nothing does, since more audio may change it.
/// </summary>
internal sealed class AlignAttPolicy : IStreamingPolicy
{
    /// <summary>Positions of 20 ms at the end of the audio that are not to be relied on.</summary>
    private const int Guard = 25;

    /// <inheritdoc/>
    public string Name => "align-att";

    /// <inheritdoc/>
    public bool NeedsAlignment => true;

    /// <inheritdoc/>
    public int CommittableWords(SegmentHypothesis hypothesis, ReadOnlySpan<int> previous)
    {
        int sure = 0;
        while (sure < hypothesis.Peaks.Length && hypothesis.Peaks[sure] < hypothesis.Positions - Guard)
        {
            sure++;
        }

        int words = 0;
        while (words < hypothesis.WordEnds.Length && hypothesis.WordEnds[words] <= sure)
        {
            words++;
        }

        return words;
    }
}
