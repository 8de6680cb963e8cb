namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Nobody was heard where the text is said to be, or not for long enough to say it.</summary>
internal sealed class NoVoiceRule : IFirewallRule
{
    /// <summary>The negative threshold of voice activity detection: below it is silence.</summary>
    private const double LeastPeak = 0.35;

    /// <inheritdoc/>
    public DropReason Reason => DropReason.NoVoice;

    /// <inheritdoc/>
    public bool Holds(FirewallCandidate candidate) => VoiceEvidence.Peak(candidate) < LeastPeak || VoiceEvidence.IsTooShort(candidate);
}
