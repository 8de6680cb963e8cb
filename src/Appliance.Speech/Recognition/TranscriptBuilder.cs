using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition;

/// <summary>Collects the segments of a recording, tells of them, and makes the transcript.</summary>
internal sealed class TranscriptBuilder(WhisperTokenizer tokenizer, double durationSeconds, IProgress<TranscriptionProgress>? progress)
{
    private readonly List<TranscriptSegment> _segments = [];
    private readonly List<DroppedText> _dropped = [];

    /// <summary>Adds the segments of a window.</summary>
    /// <param name="drafts">Segments that are final now.</param>
    /// <param name="seconds">Seconds of audio that are done.</param>
    public void Add(List<SegmentDraft> drafts, double seconds)
    {
        TranscriptSegment[] added = [.. drafts.Select((draft, i) => Segment(draft, _segments.Count + i))];
        _segments.AddRange(added);
        progress?.Report(new TranscriptionProgress(Math.Min(seconds, durationSeconds), durationSeconds, added));
    }

    /// <summary>Takes text that was held back.</summary>
    public void Drop(DroppedText dropped) => _dropped.Add(dropped);

    /// <summary>The whole transcript.</summary>
    public Transcript Build(string model, string language, IReadOnlyList<string> warnings, TranscriptTiming timing) => new()
    {
        // tokens and not texts are joined: a character's bytes may be spread over two segments
        Text = tokenizer.Decode([.. _segments.SelectMany(segment => segment.Tokens).Where(token => token < tokenizer.EndOfText)]),
        Segments = _segments,
        Language = language,
        Model = model,
        Duration = durationSeconds,
        Timing = timing,
        Warnings = warnings,
        Dropped = [.. _dropped.OrderBy(dropped => dropped.Start)],
    };

    private static TranscriptSegment Segment(SegmentDraft draft, int id) => new()
    {
        Id = id,
        Seek = draft.Seek,
        Start = draft.Start,
        End = draft.End,
        Text = draft.Text,
        Tokens = draft.Tokens,
        Temperature = draft.Temperature,
        AverageLogProbability = draft.AverageLogProbability,
        CompressionRatio = draft.CompressionRatio,
        NoSpeechProbability = draft.NoSpeechProbability,
        Words = draft.Words,
    };
}
