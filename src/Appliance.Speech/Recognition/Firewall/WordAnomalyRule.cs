using Appliance.Speech.Recognition.Decoding;

namespace Appliance.Speech.Recognition.Firewall;

/// <summary>
/// The words are improbable, or said impossibly fast or slowly (speech.md §2.8), and neither the model nor voice activity detection is
/// sure: the last words of a segment often get no time at all.
/// </summary>
internal sealed class WordAnomalyRule : IFirewallRule
{
    private const double SureLogProbability = -0.5;

    private static readonly string Punctuation = new TranscriptionOptions().PrependPunctuations + new TranscriptionOptions().AppendPunctuations;

    /// <inheritdoc/>
    public DropReason Reason => DropReason.WordAnomaly;

    /// <inheritdoc/>
    public bool Holds(FirewallCandidate candidate) =>
        candidate.AverageLogProbability < SureLogProbability && candidate.Words is { Count: > 0 } words
        && AnomalousWords.AreAnomalous(words, Punctuation) && VoiceEvidence.IsWeak(candidate);
}
