namespace Appliance.Speech.Transcripts;

/// <summary>What was said in one recording.</summary>
public sealed record Transcript
{
    /// <summary>The whole text.</summary>
    public required string Text { get; init; }

    /// <summary>Segments in order of time.</summary>
    public required IReadOnlyList<TranscriptSegment> Segments { get; init; }

    /// <summary>Language code, such as `en`.</summary>
    public required string Language { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Seconds of audio that were there.</summary>
    public required double Duration { get; init; }

    /// <summary>Where the time went.</summary>
    public required TranscriptTiming Timing { get; init; }

    /// <summary>What was recognised and not published.</summary>
    public IReadOnlyList<DroppedText> Dropped { get; init; } = [];

    /// <summary>What the user should know about the input or the result, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
