using System.Globalization;
using Appliance.Speech.Transcripts.Subtitles;

namespace Appliance.Speech.Transcripts;

/// <summary>SubRip subtitles.</summary>
internal sealed class SrtFormat : ITranscriptFormat
{
    public string Name => "srt";

    public string Extension => ".srt";

    public void Write(Transcript transcript, TextWriter writer, TranscriptFormatOptions options)
    {
        int number = 0;
        foreach (Cue cue in CueBuilder.Build(transcript, options.Subtitles))
        {
            number++;
            string text = cue.Render(piece => piece).Replace("-->", "->", StringComparison.Ordinal);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{number}\n{Time(cue.Start)} --> {Time(cue.End)}\n{text}\n\n"));
        }
    }

    private static string Time(long milliseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00},{milliseconds % 1000:000}");
}
