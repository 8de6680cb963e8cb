using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.Firewall;

/// <summary>The firewall for the segments of a recording.</summary>
/// <param name="firewall">The judge.</param>
/// <param name="tokenizer">The model's vocabulary.</param>
/// <param name="probabilities">Speech probabilities of the recording, one a 512-sample frame.</param>
/// <param name="drop">Told of what is held back.</param>
internal sealed class SegmentFirewall(
    HallucinationFirewall firewall, WhisperTokenizer tokenizer, IReadOnlyList<float> probabilities, Action<DroppedText> drop)
{
    private readonly SpeechEvidence _evidence = new(0, probabilities.ToArray());

    /// <summary>Takes the segments of a window that may not pass out of the list; what is left has text or is blank.</summary>
    /// <param name="segments">Segments of one window, times in seconds of the recording.</param>
    /// <param name="repeats">True when the loop guard ended the decoding.</param>
    public void Sift(List<SegmentDraft> segments, bool repeats) => segments.RemoveAll(segment =>
    {
        if (string.IsNullOrWhiteSpace(segment.Text) || firewall.Drop(Candidate(segment, repeats)) is not { } reason)
        {
            return false;
        }

        drop(new DroppedText(segment.Start, segment.End, segment.Text.Trim(), DropReasons.NameOf(reason)));
        return true;
    });

    private FirewallCandidate Candidate(SegmentDraft segment, bool repeats) => new()
    {
        Text = segment.Text,
        Start = segment.Start,
        End = segment.End,
        Tokens = Array.FindAll(segment.Tokens, token => token < tokenizer.EndOfText),
        AverageLogProbability = segment.AverageLogProbability,
        NoSpeechProbability = segment.NoSpeechProbability,
        CompressionRatio = segment.CompressionRatio,
        Repeats = repeats,
        Words = segment.Words,
        Evidence = _evidence,
    };
}
