using Appliance.Speech.Recognition.Decoding.Filters;

namespace Appliance.Service.Health.SelfTests;

/// <summary>The rules on timestamps, on logits made for them (design: speech.md §2.3, rule 3).</summary>
internal sealed class TimestampRulesTest : ISelfTest
{
    // the multilingual vocabulary
    private const int EndOfText = 50257;
    private const int NoTimestamps = 50363;
    private const int TimestampBegin = 50364;
    private const int VocabularySize = 51865;
    private const int LastInitial = 50;
    private const int Word = 400;

    private static readonly (string Rule, int[] Sampled, int[] Allowed, int[] Masked)[] Cases =
    [
        ("first is a timestamp up to 1.00", [],
            [TimestampBegin, TimestampBegin + LastInitial], [Word, EndOfText, NoTimestamps, TimestampBegin + LastInitial + 1]),
        ("text after an opening", [TimestampBegin],
            [Word], [NoTimestamps, TimestampBegin, TimestampBegin + 100]),
        ("no empty segment", [TimestampBegin + 10, Word],
            [Word, TimestampBegin + 11], [TimestampBegin + 9, TimestampBegin + 10]),
        ("timestamp or end after a closing", [TimestampBegin + 10, Word, TimestampBegin + 20],
            [EndOfText, TimestampBegin + 20, TimestampBegin + 21], [Word, TimestampBegin + 19]),
        ("text after a pair", [TimestampBegin + 10, Word, TimestampBegin + 20, TimestampBegin + 20],
            [Word], [TimestampBegin + 20, TimestampBegin + 21]),
    ];

    /// <inheritdoc/>
    public string Name => "timestamp-rules";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        string[] broken = [.. Cases.Where(item => !Holds(item.Sampled, item.Allowed, item.Masked)).Select(item => item.Rule)];
        if (!PrefersLikelyTimestamps())
        {
            broken = [.. broken, "likely timestamps win over text"];
        }

        return broken.Length == 0
            ? new(true, $"all {Cases.Length + 1} rules hold")
            : new(false, "broken: " + string.Join("; ", broken));
    }

    private static bool Holds(int[] sampled, int[] allowed, int[] masked)
    {
        // text and its end far above timestamps, so that the last rule stays out of the way
        float[] logits = new float[VocabularySize];
        logits.AsSpan(0, EndOfText + 1).Fill(20);
        TokenRange range = Apply(logits, sampled);
        return allowed.All(token => IsAllowed(logits, range, token)) && !masked.Any(token => IsAllowed(logits, range, token));
    }

    private static bool PrefersLikelyTimestamps()
    {
        // every timestamp below every word, all of them together above
        float[] logits = new float[VocabularySize];
        logits.AsSpan(0, TimestampBegin).Fill(-20);
        logits[Word] = 2;
        TokenRange range = Apply(logits, [TimestampBegin + 10, Word]);
        return !IsAllowed(logits, range, Word) && IsAllowed(logits, range, TimestampBegin + 11);
    }

    private static TokenRange Apply(float[] logits, int[] sampled)
    {
        TokenRange range = new(0, VocabularySize);
        new TimestampFilter(EndOfText, NoTimestamps, TimestampBegin, LastInitial).Apply(logits, sampled, ref range);
        return range;
    }

    private static bool IsAllowed(float[] logits, TokenRange range, int token) =>
        token >= range.Begin && token < range.End && !float.IsNegativeInfinity(logits[token]);
}
