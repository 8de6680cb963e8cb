using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>Brings the words of one segment and the segment's own timestamps together (openai/whisper timing.py).</summary>
internal static class SegmentEdges
{
    // a word may begin this much before its segment, or end this much after it, and still be believed
    private const double Tolerance = 0.5;

    /// <summary>Moves the first and last words, then the segment's edges.</summary>
    /// <param name="segment">Segment with at least one word.</param>
    /// <param name="words">Its words.</param>
    /// <param name="durations">Durations in the window.</param>
    /// <param name="lastSpeechTimestamp">End of the last word before, in seconds of the file.</param>
    public static void Reconcile(SegmentDraft segment, List<TranscriptWord> words, WordDurations durations, double lastSpeechTimestamp)
    {
        ShortenAfterPause(words, durations, lastSpeechTimestamp);
        if (segment.Start < words[0].End && segment.Start - Tolerance > words[0].Start)
        {
            words[0] = words[0] with { Start = Math.Max(0, Math.Min(words[0].End - durations.Median, segment.Start)) };
        }
        else
        {
            segment.Start = words[0].Start;
        }

        if (segment.End > words[^1].Start && segment.End + Tolerance < words[^1].End)
        {
            words[^1] = words[^1] with { End = Math.Max(words[^1].Start + durations.Median, segment.End) };
        }
        else
        {
            segment.End = words[^1].End;
        }
    }

    private static void ShortenAfterPause(List<TranscriptWord> words, WordDurations durations, double lastSpeechTimestamp)
    {
        double longest = durations.Maximum;
        bool isAfterPause = words[0].End - lastSpeechTimestamp > durations.Median * 4;
        bool isLong = words[0].End - words[0].Start > longest || (words.Count > 1 && words[1].End - words[0].Start > longest * 2);
        if (!isAfterPause || !isLong)
        {
            return;
        }

        if (words.Count > 1 && words[1].End - words[1].Start > longest)
        {
            double boundary = Math.Max(words[1].End / 2, words[1].End - longest);
            words[0] = words[0] with { End = boundary };
            words[1] = words[1] with { Start = boundary };
        }

        words[0] = words[0] with { Start = Math.Max(0, words[0].End - longest) };
    }
}
