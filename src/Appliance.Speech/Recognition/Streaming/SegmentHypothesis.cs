using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>One decoding of a growing segment.</summary>
internal sealed record SegmentHypothesis
{
    /// <summary>What the decoder gave.</summary>
    public required DecodingResult Result { get; init; }

    /// <summary>Its text tokens, timestamps left out.</summary>
    public required int[] Text { get; init; }

    /// <summary>For each word, the number of text tokens up to its end.</summary>
    public required int[] WordEnds { get; init; }

    /// <summary>Of each text token, the encoder position (20 ms) that the decoder looked at; empty without alignment.</summary>
    public required int[] Peaks { get; init; }

    /// <summary>Of each text token, its probability among all text; empty without alignment.</summary>
    public required float[] Probabilities { get; init; }

    /// <summary>Words with their times in seconds of the segment; null without alignment. Punctuation is part of them, unlike in <see cref="WordEnds"/>.</summary>
    public required IReadOnlyList<TranscriptWord>? Words { get; init; }

    /// <summary>Encoder positions of the audio heard so far.</summary>
    public required int Positions { get; init; }

    /// <summary>The words that end within so many text tokens.</summary>
    public int WordsWithin(int tokens)
    {
        int words = 0;
        while (words < WordEnds.Length && WordEnds[words] <= tokens)
        {
            words++;
        }

        return words;
    }
}
