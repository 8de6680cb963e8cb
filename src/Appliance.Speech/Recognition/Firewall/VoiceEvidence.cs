using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Recognition.Firewall;

/// <summary>What voice activity detection has to say on a piece of text.</summary>
internal static class VoiceEvidence
{
    /// <summary>Segment and word times are this uncertain, in seconds.</summary>
    private const double Slack = 0.3;

    /// <summary>Nobody says a word in less, in seconds of voiced audio.</summary>
    private const double SecondsPerWord = 0.08;

    /// <summary>Largest speech probability where the text is said to be; 1 where the detector was not asked.</summary>
    public static double Peak(FirewallCandidate candidate) =>
        candidate.Evidence is { } evidence ? evidence.Peak(candidate.Start - Slack, candidate.End + Slack) : 1;

    /// <summary>Seconds of speech where the text is said to be; null where the detector was not asked.</summary>
    public static double? Seconds(FirewallCandidate candidate) =>
        candidate.Evidence?.SpeechSeconds(candidate.Start - Slack, candidate.End + Slack);

    /// <summary>True when there is less speech than the words would take, however fast they are said.</summary>
    public static bool IsTooShort(FirewallCandidate candidate) =>
        Seconds(candidate) is double seconds && seconds < PhraseText.CountWords(candidate.Text) * SecondsPerWord;

    /// <summary>True when the detector was asked and is not convinced: it heard speech in less than half of the stretch, or never surely.</summary>
    public static bool IsWeak(FirewallCandidate candidate)
    {
        if (candidate.Evidence is not SpeechEvidence evidence)
        {
            return true;
        }

        double length = Math.Max(candidate.End - candidate.Start, 0.3);
        return evidence.Peak(candidate.Start - Slack, candidate.End + Slack) < 0.8
            || evidence.SpeechSeconds(candidate.Start, candidate.End) < length / 2;
    }
}
