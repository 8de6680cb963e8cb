using System.Text.Json;

namespace Appliance.Speech.Transcripts;

/// <summary>The keys of openai-whisper's JSON, and ours: `file`, `model`, `duration`, `timing`, `dropped`.</summary>
internal sealed class JsonFormat : ITranscriptFormat
{
    public string Name => "json";

    public string Extension => ".json";

    public void Write(Transcript transcript, TextWriter writer, TranscriptFormatOptions options)
    {
        TranscriptDocument document = TranscriptDocument.Of(transcript, options.File);
        TranscriptJsonContext context = options.Indented ? TranscriptJsonContext.Indented : TranscriptJsonContext.Compact;
        writer.Write(JsonSerializer.Serialize(document, context.TranscriptDocument));
        writer.Write('\n');
    }
}
