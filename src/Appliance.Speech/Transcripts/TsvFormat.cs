using System.Globalization;

namespace Appliance.Speech.Transcripts;

/// <summary>Start and end in whole milliseconds and the text, between tabs, as openai-whisper writes it.</summary>
internal sealed class TsvFormat : ITranscriptFormat
{
    public string Name => "tsv";

    public string Extension => ".tsv";

    public void Write(Transcript transcript, TextWriter writer, TranscriptFormatOptions options)
    {
        writer.Write("start\tend\ttext\n");
        foreach (TranscriptSegment segment in transcript.Segments)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Milliseconds(segment.Start)}\t{Milliseconds(segment.End)}\t{segment.Line}\n"));
        }
    }

    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000, MidpointRounding.ToEven);
}
