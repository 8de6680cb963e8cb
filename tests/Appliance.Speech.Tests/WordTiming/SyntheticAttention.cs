using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Speech.Tests.WordTiming;

/// <summary>Attention along the diagonal with noise, the same for the same seed (word-timing.jsonl was made from it).</summary>
internal sealed class SyntheticAttention(uint seed)
{
    private uint _state = seed;

    public static AlignmentScores Scores(uint seed, int heads, int tokens, int positions, int contentPositions)
    {
        SyntheticAttention random = new(seed);
        float[] values = new float[heads * tokens * positions];
        for (int row = 0; row < heads * tokens; row++)
        {
            int token = row % tokens;
            int center = (int)(contentPositions * (token + 0.5) / tokens) + (int)(random.Next() * 20) - 10;
            for (int position = 0; position < positions; position++)
            {
                float distance = Math.Abs((float)position - center) / 8;
                values[(row * positions) + position] = 6 - Math.Min(distance, 9) + (random.Next() * 2);
            }
        }

        return new AlignmentScores(heads, tokens, positions, values, AfterSoftmax: false);
    }

    /// <summary>The same as attention weights.</summary>
    public static AlignmentScores AfterSoftmax(AlignmentScores scores)
    {
        float[] values = scores.Values.ToArray();
        for (int offset = 0; offset < values.Length; offset += scores.Positions)
        {
            Span<float> row = values.AsSpan(offset, scores.Positions);
            float sum = 0;
            foreach (ref float value in row)
            {
                value = MathF.Exp(value - 8);
                sum += value;
            }

            foreach (ref float value in row)
            {
                value /= sum;
            }
        }

        return scores with { Values = values, AfterSoftmax = true };
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float Next()
    {
        _state = unchecked((_state * 1664525) + 1013904223);
        return (_state >> 8) / (float)(1 << 24);
    }
}
