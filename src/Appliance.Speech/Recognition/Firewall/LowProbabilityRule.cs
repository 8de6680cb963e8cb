namespace Appliance.Speech.Recognition.Firewall;

/// <summary>
/// The model does not believe its own text: mean log-probability below openai/whisper's threshold, or below a stricter one where voice
/// activity detection is in doubt too, or where the words are improbable one by one. The mean of a word or two says little (their
/// timestamps count as much), so that words which the model is sure of pass.
/// </summary>
internal sealed class LowProbabilityRule : IFirewallRule
{
    private const double Least = -1.0;
    private const double LeastInDoubt = -0.7;
    private const double LeastOfFewWords = -2.0;
    private const double SureWords = 0.5;
    private const double DoubtfulWords = 0.45;
    private const int FewWords = 2;

    /// <inheritdoc/>
    public DropReason Reason => DropReason.LowProbability;

    /// <inheritdoc/>
    public bool Holds(FirewallCandidate candidate)
    {
        bool areFew = PhraseText.CountWords(candidate.Text) <= FewWords;
        bool areDoubtful = !areFew && candidate.WordProbability < DoubtfulWords;
        double least = areDoubtful || VoiceEvidence.IsWeak(candidate) ? LeastInDoubt : Least;
        return candidate.AverageLogProbability < (areFew && candidate.WordProbability >= SureWords ? LeastOfFewWords : least);
    }
}
