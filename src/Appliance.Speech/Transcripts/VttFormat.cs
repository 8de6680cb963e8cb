using System.Globalization;
using Appliance.Speech.Transcripts.Subtitles;

namespace Appliance.Speech.Transcripts;

/// <summary>WebVTT subtitles.</summary>
internal sealed class VttFormat : ITranscriptFormat
{
    private const long Hour = 3_600_000;

    public string Name => "vtt";

    public string Extension => ".vtt";

    public void Write(Transcript transcript, TextWriter writer, TranscriptFormatOptions options)
    {
        writer.Write("WEBVTT\n\n");
        foreach (Cue cue in CueBuilder.Build(transcript, options.Subtitles))
        {
            writer.Write($"{Time(cue.Start)} --> {Time(cue.End)}\n{cue.Render(Escape)}\n\n");
        }
    }

    // with every > escaped, no --> is left that a reader could take for the next cue's times
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Time(long milliseconds)
    {
        string hours = milliseconds >= Hour ? (milliseconds / Hour).ToString("00", CultureInfo.InvariantCulture) + ":" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hours}{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}.{milliseconds % 1000:000}");
    }
}
