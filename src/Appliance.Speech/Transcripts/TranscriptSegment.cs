using System.Text.Json.Serialization;

namespace Appliance.Speech.Transcripts;

/// <summary>A piece of a transcript between two timestamps, with the figures of the window it was decoded in.</summary>
public sealed record TranscriptSegment
{
    /// <summary>Position in the transcript, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>First mel frame (10 ms) of the window.</summary>
    public required long Seek { get; init; }

    /// <summary>Seconds of the file.</summary>
    public required double Start { get; init; }

    /// <summary>Seconds of the file.</summary>
    public required double End { get; init; }

    /// <summary>Text, leading space included; empty where the segment was cleared.</summary>
    public required string Text { get; init; }

    /// <summary>Token ids, timestamps included.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>Sampling temperature of the attempt that was kept.</summary>
    public required double Temperature { get; init; }

    /// <summary>Mean log-probability of the window's tokens, end of text included.</summary>
    [JsonPropertyName("avg_logprob")]
    public required double AverageLogProbability { get; init; }

    /// <summary>UTF-8 bytes of the window's text over their zlib size.</summary>
    public required double CompressionRatio { get; init; }

    /// <summary>Probability of the no-speech token at the SOT row, 0 to 1.</summary>
    [JsonPropertyName("no_speech_prob")]
    public required double NoSpeechProbability { get; init; }

    /// <summary>Words with their times; null when none were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TranscriptWord>? Words { get; init; }

    /// <summary>The text on one line without surrounding space, empty where there is none: the segment's line in txt.</summary>
    [JsonIgnore]
    public string Line => LineText.Of(Text).Trim();
}
