using System.Numerics.Tensors;

namespace Appliance.Speech.Recognition.Decoding.Filters;

/// <summary>
/// Timestamps come in pairs, never go back, open the window, and win over text when together they are more probable than any text
/// token (openai/whisper decoding.py, ApplyTimestampRules).
/// </summary>
/// <param name="endOfText">Id of the end of text; text tokens are below it.</param>
/// <param name="noTimestamps">Id of the token that turns timestamps off.</param>
/// <param name="timestampBegin">Id of the timestamp 0.00.</param>
/// <param name="maxInitialIndex">Latest first timestamp in steps of 0.02 s, or null.</param>
internal sealed class TimestampFilter(int endOfText, int noTimestamps, int timestampBegin, int? maxInitialIndex) : ILogitFilter
{
    private readonly LogProbabilities _probabilities = new();

    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled, ref TokenRange range)
    {
        logits[noTimestamps] = float.NegativeInfinity;
        bool lastIsTimestamp = sampled.Length >= 1 && sampled[^1] >= timestampBegin;
        bool previousIsTimestamp = sampled.Length < 2 || sampled[^2] >= timestampBegin;
        if (lastIsTimestamp)
        {
            if (previousIsTimestamp)
            {
                range.MaskFrom(timestampBegin);
            }
            else
            {
                range.MaskBelow(endOfText);
            }
        }

        MaskEarlier(logits, sampled, opens: lastIsTimestamp && !previousIsTimestamp);
        if (sampled.Length == 0)
        {
            range.MaskBelow(timestampBegin);
            if (maxInitialIndex is int last)
            {
                range.MaskFrom(timestampBegin + last + 1);
            }
        }

        PreferTimestamps(logits, ref range);
    }

    /// <summary>A next opening may equal the last closing; a closing is later than its opening, so that no segment is empty.</summary>
    private void MaskEarlier(Span<float> logits, ReadOnlySpan<int> sampled, bool opens)
    {
        for (int i = sampled.Length - 1; i >= 0; i--)
        {
            if (sampled[i] >= timestampBegin)
            {
                int lowest = opens ? sampled[i] : sampled[i] + 1;
                logits[timestampBegin..Math.Min(lowest, logits.Length)].Fill(float.NegativeInfinity);
                return;
            }
        }
    }

    private void PreferTimestamps(Span<float> logits, ref TokenRange range)
    {
        if (range.Begin >= timestampBegin || range.End <= timestampBegin)
        {
            return;
        }

        float timestamps = _probabilities.LogSumExp(logits[timestampBegin..range.End]);
        float text = TensorPrimitives.Max(logits[range.Begin..timestampBegin]);
        if (timestamps > text)
        {
            range.MaskBelow(timestampBegin);
        }
    }
}
