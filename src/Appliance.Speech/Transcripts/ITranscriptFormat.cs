namespace Appliance.Speech.Transcripts;

/// <summary>A way to write a transcript down. Implementations are thread-safe.</summary>
public interface ITranscriptFormat
{
    /// <summary>Name, such as `srt`.</summary>
    string Name { get; }

    /// <summary>File extension with its point.</summary>
    string Extension { get; }

    /// <summary>Writes the whole transcript; lines end with a line feed. Does not flush.</summary>
    void Write(Transcript transcript, TextWriter writer, TranscriptFormatOptions options);
}
