using System.Numerics.Tensors;
using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>Where the decoder looks when it chooses a token (AlignAtt, arXiv 2305.11408).</summary>
internal static class AttentionPeaks
{
    /// <summary>The encoder position of the largest attention of each text token, averaged over the alignment heads.</summary>
    /// <param name="scores">Scores of: the SOT sequence, no-timestamps, the text tokens, end of text.</param>
    /// <param name="sotLength">Tokens of the SOT sequence.</param>
    /// <param name="textLength">Text tokens.</param>
    /// <param name="contentFrames">Mel frames of the window that hold audio; what is attended to after them counts as its last position.</param>
    public static int[] Find(AlignmentScores scores, int sotLength, int textLength, int contentFrames)
    {
        int last = Math.Clamp((contentFrames / 2) - 1, 0, scores.Positions - 1);
        int[] peaks = new int[textLength];
        float[] weights = new float[scores.Positions];
        float[] sum = new float[scores.Positions];
        for (int i = 0; i < textLength; i++)
        {
            // a token is chosen while the one before it is fed
            int row = sotLength + i;
            Array.Clear(sum);
            for (int head = 0; head < scores.Heads; head++)
            {
                ReadOnlySpan<float> values = scores.Values.Span.Slice(((head * scores.Tokens) + row) * scores.Positions, scores.Positions);
                if (scores.AfterSoftmax)
                {
                    TensorPrimitives.Add(sum, values, sum);
                }
                else
                {
                    TensorPrimitives.SoftMax(values, weights);
                    TensorPrimitives.Add(sum, weights, sum);
                }
            }

            peaks[i] = Math.Min(last, TensorPrimitives.IndexOfMax(sum));
        }

        return peaks;
    }
}
