using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition;

/// <summary>A segment while its window is still being worked on: word timing moves its edges, blank ones lose their text.</summary>
internal sealed class SegmentDraft
{
    /// <summary>First mel frame (10 ms) of the window.</summary>
    public required long Seek { get; init; }

    /// <summary>Seconds of the file.</summary>
    public required double Start { get; set; }

    /// <summary>Seconds of the file.</summary>
    public required double End { get; set; }

    /// <summary>Text, leading space included.</summary>
    public required string Text { get; set; }

    /// <summary>Token ids, timestamps included.</summary>
    public required int[] Tokens { get; set; }

    /// <summary>Sampling temperature of the attempt that was kept.</summary>
    public double Temperature { get; init; }

    /// <summary>Mean log-probability of the window's tokens, end of text included.</summary>
    public double AverageLogProbability { get; init; }

    /// <summary>UTF-8 bytes of the window's text over their zlib size.</summary>
    public double CompressionRatio { get; init; }

    /// <summary>Probability of the no-speech token at the SOT row, 0 to 1.</summary>
    public double NoSpeechProbability { get; init; }

    /// <summary>Words with their times; null when none were asked for.</summary>
    public List<TranscriptWord>? Words { get; set; }
}
