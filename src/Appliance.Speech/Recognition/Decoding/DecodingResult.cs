namespace Appliance.Speech.Recognition.Decoding;

/// <summary>What one attempt at a window gave.</summary>
internal sealed record DecodingResult
{
    /// <summary>Forced and sampled tokens, timestamps included, without the end of text.</summary>
    public required int[] Tokens { get; init; }

    /// <summary>Their text, trimmed.</summary>
    public required string Text { get; init; }

    /// <summary>Sum of log-probabilities of the sampled tokens over their number plus one.</summary>
    public required double AverageLogProbability { get; init; }

    /// <summary>Probability of the no-speech token at the SOT row.</summary>
    public required double NoSpeechProbability { get; init; }

    /// <summary>UTF-8 bytes of the text over their zlib size.</summary>
    public required double CompressionRatio { get; init; }

    /// <summary>Temperature of the attempt.</summary>
    public required double Temperature { get; init; }

    /// <summary>True when the loop guard ended it.</summary>
    public required bool Repeats { get; init; }
}
