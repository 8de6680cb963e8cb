using System.Buffers;
using System.Numerics.Tensors;
using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>
/// When each token of a window begins, from the alignment heads' cross-attention (openai/whisper timing.py, find_alignment).
/// In float32, as the original computes it.
/// </summary>
internal static class CrossAttentionAlignment
{
    /// <summary>
    /// First encoder position (20 ms) of each text token and of the end of text after them, in order.
    /// </summary>
    /// <param name="scores">Scores of: the SOT sequence, no-timestamps, the text tokens, end of text.</param>
    /// <param name="sotLength">Tokens of the SOT sequence.</param>
    /// <param name="contentFrames">Mel frames of the window that hold audio; what is attended to after them is left out.</param>
    public static int[] FirstPositions(AlignmentScores scores, int sotLength, int contentFrames)
    {
        int positions = Math.Min(contentFrames / 2, scores.Positions);
        int rows = scores.Tokens - sotLength - 1;
        ArgumentOutOfRangeException.ThrowIfLessThan(positions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);

        float[] cost = ArrayPool<float>.Shared.Rent(rows * positions);
        FillCosts(scores, sotLength, positions, cost.AsSpan(0, rows * positions));
        int[] first = Jumps(cost, rows, positions);
        ArrayPool<float>.Shared.Return(cost);
        return first;
    }

    private static int[] Jumps(ReadOnlySpan<float> cost, int rows, int positions)
    {
        (int Row, int Column)[] path = ArrayPool<(int, int)>.Shared.Rent(rows + positions);
        int length = DynamicTimeWarping.FindPath(cost, rows, positions, path);
        int[] first = new int[rows];
        for (int i = length - 1; i >= 0; i--)
        {
            first[path[i].Row] = path[i].Column;
        }

        ArrayPool<(int, int)>.Shared.Return(path);
        return first;
    }

    /// <summary>Minus the mean over the heads of the normalised and filtered weights, without the first and the last rows.</summary>
    private static void FillCosts(AlignmentScores scores, int sotLength, int positions, Span<float> cost)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent((scores.Tokens + 2) * positions);
        Span<float> weights = buffer.AsSpan(0, scores.Tokens * positions);
        Span<float> deviation = buffer.AsSpan(weights.Length, positions);
        Span<float> filtered = buffer.AsSpan(weights.Length + positions, positions);
        cost.Clear();
        for (int head = 0; head < scores.Heads; head++)
        {
            FillWeights(scores, head, positions, weights);
            Center(weights, positions, deviation);
            for (int offset = 0; offset < cost.Length; offset += positions)
            {
                Span<float> row = weights.Slice((sotLength * positions) + offset, positions);
                TensorPrimitives.Divide(row, deviation, row);
                MedianFilter.Apply(row, filtered);
                Span<float> sum = cost.Slice(offset, positions);
                TensorPrimitives.Add(sum, filtered, sum);
            }
        }

        TensorPrimitives.Divide(cost, -scores.Heads, cost);
        ArrayPool<float>.Shared.Return(buffer);
    }

    private static void FillWeights(AlignmentScores scores, int head, int positions, Span<float> weights)
    {
        ReadOnlySpan<float> values = scores.Values.Span.Slice(head * scores.Tokens * scores.Positions, scores.Tokens * scores.Positions);
        for (int token = 0; token < scores.Tokens; token++)
        {
            ReadOnlySpan<float> source = values.Slice(token * scores.Positions, positions);
            Span<float> row = weights.Slice(token * positions, positions);
            if (scores.AfterSoftmax)
            {
                // the softmax over the positions that are kept is the kept weights over their sum
                source.CopyTo(row);
            }
            else
            {
                TensorPrimitives.Subtract(source, TensorPrimitives.Max(source), row);
                TensorPrimitives.Exp(row, row);
            }

            TensorPrimitives.Divide(row, Math.Max(TensorPrimitives.Sum<float>(row), float.Epsilon), row);
        }
    }

    /// <summary>Takes each column's mean over the tokens away, and gives the columns' population standard deviations.</summary>
    private static void Center(Span<float> weights, int positions, Span<float> deviation)
    {
        int tokens = weights.Length / positions;
        float[] buffer = ArrayPool<float>.Shared.Rent(positions);
        Span<float> mean = buffer.AsSpan(0, positions);
        mean.Clear();
        for (int offset = 0; offset < weights.Length; offset += positions)
        {
            TensorPrimitives.Add(mean, weights.Slice(offset, positions), mean);
        }

        TensorPrimitives.Divide(mean, tokens, mean);
        deviation.Clear();
        for (int offset = 0; offset < weights.Length; offset += positions)
        {
            Span<float> row = weights.Slice(offset, positions);
            TensorPrimitives.Subtract(row, mean, row);
            TensorPrimitives.MultiplyAdd(row, row, deviation, deviation);
        }

        TensorPrimitives.Divide(deviation, tokens, deviation);
        TensorPrimitives.Sqrt(deviation, deviation);

        // a column that nothing looks at is 0 / 0: it says nothing about time
        deviation.Replace(0, 1);
        ArrayPool<float>.Shared.Return(buffer);
    }
}
