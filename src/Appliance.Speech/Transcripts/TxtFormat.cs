namespace Appliance.Speech.Transcripts;

/// <summary>One line a segment.</summary>
internal sealed class TxtFormat : ITranscriptFormat
{
    public string Name => "txt";

    public string Extension => ".txt";

    public void Write(Transcript transcript, TextWriter writer, TranscriptFormatOptions options)
    {
        foreach (string line in transcript.Segments.Select(segment => segment.Line).Where(line => line.Length > 0))
        {
            writer.Write(line);
            writer.Write('\n');
        }
    }
}
