using System.Text.Json.Serialization;

namespace Appliance.Speech.Transcripts;

/// <summary>The JSON document of a transcript; its keys are part of the product's interface.</summary>
internal sealed record TranscriptDocument(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File,
    string Text,
    IReadOnlyList<TranscriptSegment> Segments,
    string Language,
    string Model,
    double Duration,
    TranscriptTiming Timing,
    IReadOnlyList<DroppedText> Dropped)
{
    /// <summary>The document of a transcript.</summary>
    public static TranscriptDocument Of(Transcript transcript, string? file) => new(
        file,
        transcript.Text,
        transcript.Segments,
        transcript.Language,
        transcript.Model,
        transcript.Duration,
        transcript.Timing,
        transcript.Dropped);
}
