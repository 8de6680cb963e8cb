namespace Appliance.Speech.Recognition.Decoding;

/// <summary>
/// The rule of the option hallucination silence threshold: text whose words look invented, with silence around it, is dropped and the
/// silence skipped (openai/whisper transcribe.py; speech.md §2.8).
/// </summary>
internal sealed class InventedText(TranscriptionOptions options, double threshold)
{
    private const double FramesPerSecond = 100;
    private readonly string _punctuation = options.PrependPunctuations + options.AppendPunctuations;

    /// <summary>Looks at one window.</summary>
    /// <param name="window">The window, its segments with words; those that look invented are removed.</param>
    /// <param name="seek">Where the next window would begin; the result says where it does.</param>
    /// <param name="isSkipped">True when nothing of the window counts, as if it had not been looked at.</param>
    public long Skip(WindowOutcome window, long seek, out bool isSkipped)
    {
        isSkipped = false;
        // 1. silence at the window's end; 2. an invented first segment after silence: all goes; 3. any with silence around it
        double offset = window.Seek / FramesPerSecond;
        double end = (window.Seek + WindowKey.FullFrames) / FramesPerSecond;
        List<SegmentDraft> segments = window.Segments;
        if (!window.EndsInSilence && WindowOutcome.LastWordEnd(segments) is double lastEnd && lastEnd > offset)
        {
            seek = end - lastEnd > threshold ? (long)Math.Round(lastEnd * FramesPerSecond) : window.Seek + window.Content;
        }

        SegmentDraft? first = segments.Find(HasWords);
        if (IsAnomalous(first) && first!.Start - offset > threshold)
        {
            segments.Clear();
            isSkipped = true;
            return window.Seek + (long)Math.Round((first.Start - offset) * FramesPerSecond);
        }

        double lastSpeech = window.LastSpeech;
        for (int i = 0; i < segments.Count; i++)
        {
            SegmentDraft segment = segments[i];
            if (!HasWords(segment))
            {
                continue;
            }

            if (IsAnomalous(segment))
            {
                SegmentDraft? next = segments.Skip(i + 1).FirstOrDefault(HasWords);
                double nextStart = next?.Words![0].Start ?? offset + (window.Content / FramesPerSecond);
                bool silenceBefore = segment.Start - lastSpeech > threshold || segment.Start < threshold || segment.Start - offset < 2;
                bool silenceAfter = nextStart - segment.End > threshold || IsAnomalous(next) || end - segment.End < 2;
                if (silenceBefore && silenceAfter)
                {
                    seek = (window.RecordingFrames / FramesPerSecond) - segment.End < threshold
                        ? window.RecordingFrames
                        : (long)Math.Round(Math.Max(offset + 1, segment.Start) * FramesPerSecond);
                    segments.RemoveRange(i, segments.Count - i);
                    break;
                }
            }

            lastSpeech = segment.End;
        }

        return seek;
    }

    private static bool HasWords(SegmentDraft segment) => segment.Words is { Count: > 0 };

    private bool IsAnomalous(SegmentDraft? segment)
    {
        if (segment is null || !HasWords(segment))
        {
            return false;
        }

        return AnomalousWords.AreAnomalous(segment.Words!, _punctuation);
    }
}
