using Appliance.Speech.Transcripts.Subtitles;

namespace Appliance.Speech.Transcripts;

/// <summary>What the formats can be told; each reads what concerns it.</summary>
public sealed record TranscriptFormatOptions
{
    /// <summary>Name of the input, written as `file` in JSON; null leaves it out.</summary>
    public string? File { get; init; }

    /// <summary>JSON over several lines; else one document a line.</summary>
    public bool Indented { get; init; }

    /// <summary>Layout of subtitles.</summary>
    public SubtitleOptions Subtitles { get; init; } = new();
}
