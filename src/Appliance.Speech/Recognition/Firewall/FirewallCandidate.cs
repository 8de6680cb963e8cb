using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Text that wants through the firewall: one segment as the decoder cut it, or the part of a live segment not committed yet.</summary>
internal sealed record FirewallCandidate
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Seconds, on the axis of <see cref="Evidence"/>.</summary>
    public required double Start { get; init; }

    /// <summary>Seconds.</summary>
    public required double End { get; init; }

    /// <summary>Text tokens, timestamps left out.</summary>
    public required ReadOnlyMemory<int> Tokens { get; init; }

    /// <summary>Mean log-probability of the decoder's tokens.</summary>
    public required double AverageLogProbability { get; init; }

    /// <summary>Probability of the no-speech token at the SOT row.</summary>
    public required double NoSpeechProbability { get; init; }

    /// <summary>UTF-8 bytes of the text over their zlib size.</summary>
    public required double CompressionRatio { get; init; }

    /// <summary>True when the loop guard ended the decoding.</summary>
    public required bool Repeats { get; init; }

    /// <summary>Words with times and probabilities; null when the model gives none.</summary>
    public IReadOnlyList<TranscriptWord>? Words { get; init; }

    /// <summary>Mean probability of the words; null when the model gives none.</summary>
    public double? WordProbability => Words is { Count: > 0 } words ? words.Average(word => word.Probability) : null;

    /// <summary>What voice activity detection heard; null when it was not asked.</summary>
    public SpeechEvidence? Evidence { get; init; }

    /// <summary>True while more text may follow: what could still become a known phrase is not let through yet.</summary>
    public bool IsOpen { get; init; }
}
