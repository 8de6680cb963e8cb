namespace Appliance.Speech.Recognition.Firewall;

/// <summary>
/// The model itself says that nobody speaks (its probability of the no-speech token: the threshold of openai/whisper, or half of it where
/// the words are improbable too) and does not believe its text. Models whose value is useless (large-v3-turbo: about 1e-10 always) do
/// without this rule.
/// </summary>
internal sealed class NoSpeechRule : IFirewallRule
{
    private const double Threshold = 0.6;
    private const double ThresholdInDoubt = 0.3;
    private const double SureLogProbability = -0.6;
    private const double LeastLogProbability = -0.9;
    private const double SureWords = 0.6;

    /// <inheritdoc/>
    public DropReason Reason => DropReason.NoSpeech;

    /// <inheritdoc/>
    public bool Holds(FirewallCandidate candidate)
    {
        bool isDoubtful = candidate.AverageLogProbability < SureLogProbability;
        return candidate.NoSpeechProbability > Threshold
            ? isDoubtful || VoiceEvidence.IsWeak(candidate)
            : candidate.NoSpeechProbability > ThresholdInDoubt && isDoubtful
                && (candidate.WordProbability < SureWords || candidate.AverageLogProbability < LeastLogProbability);
    }
}
