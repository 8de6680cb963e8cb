namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Decides what text may be committed, published or used as prompt. Thread-safe.</summary>
internal sealed class HallucinationFirewall
{
    /// <summary>Judges a piece of text.</summary>
    /// <returns>Null when it may pass, else why not.</returns>
    public DropReason? Judge(FirewallCandidate candidate) => string.IsNullOrWhiteSpace(candidate.Text) ? DropReason.NoSpeech : null;
}
