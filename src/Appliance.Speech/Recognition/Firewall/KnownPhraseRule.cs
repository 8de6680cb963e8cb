namespace Appliance.Speech.Recognition.Firewall;

/// <summary>
/// The text is nothing but phrases that the model learnt from subtitles of sound without speech. Credits are never let through; what
/// people do say ("thank you") only when both the model and voice activity detection are sure.
/// </summary>
internal sealed class KnownPhraseRule : IFirewallRule
{
    private const double SureLogProbability = -0.5;
    private const double SureNoSpeech = 0.3;

    /// <inheritdoc/>
    public DropReason Reason => DropReason.KnownPhrase;

    /// <inheritdoc/>
    public bool Holds(FirewallCandidate candidate) => KnownPhrases.Find(candidate.Text, candidate.IsOpen) switch
    {
        KnownPhraseKind.Never => true,
        KnownPhraseKind.InDoubt => candidate.AverageLogProbability < SureLogProbability || candidate.NoSpeechProbability > SureNoSpeech || VoiceEvidence.IsWeak(candidate),
        _ => false,
    };
}
