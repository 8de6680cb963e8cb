namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Decides what text may be committed, published or used as prompt. Thread-safe.</summary>
internal sealed class HallucinationFirewall
{
    private readonly long[] _dropped = new long[Enum.GetValues<DropReason>().Length];
    private readonly IFirewallRule[] _rules;

    /// <param name="trustsNoSpeech">False for models whose no-speech probability says nothing.</param>
    public HallucinationFirewall(bool trustsNoSpeech)
    {
        // the first that holds names the reason: the plainest come first
        _rules =
        [
            new RepetitionRule(),
            new NoVoiceRule(),
            new KnownPhraseRule(),
            .. trustsNoSpeech ? new IFirewallRule[] { new NoSpeechRule() } : [],
            new LowProbabilityRule(),
            new WordAnomalyRule(),
        ];
    }

    /// <summary>The firewall for a model. Large-v3-turbo (four decoder layers, 128 mel bins) gives about 1e-10 for no speech, always.</summary>
    public static HallucinationFirewall For(WhisperModel model) => new(model.Graphs.Dimensions is not { DecoderLayers: 4, MelCount: 128 });

    /// <summary>How often text was dropped for a reason.</summary>
    public long Count(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>Judges text that is to be dropped when it does not pass, and counts it then.</summary>
    /// <returns>Null when it may pass, else why not.</returns>
    public DropReason? Drop(FirewallCandidate candidate)
    {
        DropReason? reason = Judge(candidate);
        if (reason is { } dropped)
        {
            Interlocked.Increment(ref _dropped[(int)dropped]);
        }

        return reason;
    }

    /// <summary>Judges text without any consequence for the counters: what is only tentative comes again.</summary>
    /// <returns>Null when it may pass, else why not.</returns>
    public DropReason? Judge(FirewallCandidate candidate)
    {
        if (PhraseText.Normalize(candidate.Text).Length == 0)
        {
            // nothing is said in it: notes, dashes, dots
            return DropReason.NoSpeech;
        }

        foreach (IFirewallRule rule in _rules)
        {
            if (rule.Holds(candidate))
            {
                return rule.Reason;
            }
        }

        return null;
    }
}
