namespace Appliance.Speech.Transcripts.Subtitles;

/// <summary>Layout of srt and vtt, with the meaning that openai-whisper's options have.</summary>
public sealed record SubtitleOptions
{
    /// <summary>Most characters a line; null breaks no lines.</summary>
    public int? MaxLineWidth { get; init; }

    /// <summary>Most lines a cue. Together with <see cref="MaxLineWidth"/> it also lets cues run across segments.</summary>
    public int? MaxLineCount { get; init; }

    /// <summary>Most words a cue; has no effect where cues run across segments.</summary>
    public int? MaxWordsPerLine { get; init; }

    /// <summary>Shows each cue once a word, the word underlined; needs word times.</summary>
    public bool HighlightWords { get; init; }
}
