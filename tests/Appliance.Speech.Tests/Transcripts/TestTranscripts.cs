using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.Transcripts;

/// <summary>Transcripts for tests.</summary>
internal static class TestTranscripts
{
    public static TranscriptSegment Segment(double start, double end, string text, params TranscriptWord[] words) => new()
    {
        Id = 0,
        Seek = 0,
        Start = start,
        End = end,
        Text = text,
        Tokens = [50364, 50365],
        Temperature = 0,
        AverageLogProbability = -0.25,
        CompressionRatio = 1.5,
        NoSpeechProbability = 0.01,
        Words = words.Length > 0 ? words : null,
    };

    /// <summary>A segment of words that follow each other, each this long.</summary>
    public static TranscriptSegment Spoken(double start, double wordSeconds, string text)
    {
        string[] words = [.. text.Split(' ').Select(word => " " + word)];
        TranscriptWord[] timed = [.. words.Select((word, i) => new TranscriptWord(word, start + (i * wordSeconds), start + ((i + 1) * wordSeconds), 0.9))];
        return Segment(start, start + (words.Length * wordSeconds), " " + text, timed);
    }

    public static Transcript Of(params TranscriptSegment[] segments) => OfLanguage("en", segments);

    public static Transcript OfLanguage(string language, params TranscriptSegment[] segments) => new()
    {
        Text = string.Concat(segments.Select(segment => segment.Text)),
        Segments = [.. segments.Select((segment, id) => segment with { Id = id })],
        Language = language,
        Model = "whisper-base",
        Duration = 12.5,
        Timing = new TranscriptTiming { DecodeAudio = 1, LogMel = 2, Vad = 3, Encoder = 4, Decoder = 5, Total = 16.5 },
    };

    public static string Write(string format, Transcript transcript, TranscriptFormatOptions? options = null)
    {
        using StringWriter writer = new();
        TranscriptFormats.Find(format).Write(transcript, writer, options ?? new TranscriptFormatOptions());
        return writer.ToString();
    }
}
