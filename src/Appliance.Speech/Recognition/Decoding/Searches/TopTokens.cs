using System.Numerics;

namespace Appliance.Speech.Recognition.Decoding.Searches;

/// <summary>Finds the largest few of many logits in one pass: blocks without a value above the least kept are passed over.</summary>
internal static class TopTokens
{
    /// <summary>Writes the largest values, largest first, with their index as token.</summary>
    /// <returns>How many were found: masked values (negative infinity) are not.</returns>
    public static int Find(ReadOnlySpan<float> logits, Span<BeamCandidate> top)
    {
        int count = 0;
        int i = 0;
        float least = float.NegativeInfinity;
        for (; i + Vector<float>.Count <= logits.Length; i += Vector<float>.Count)
        {
            if (Vector.GreaterThanAny(new Vector<float>(logits[i..]), new Vector<float>(least)))
            {
                for (int j = i; j < i + Vector<float>.Count; j++)
                {
                    least = Insert(logits[j], j, least, top, ref count);
                }
            }
        }

        for (; i < logits.Length; i++)
        {
            least = Insert(logits[i], i, least, top, ref count);
        }

        return count;
    }

    private static float Insert(float value, int index, float least, Span<BeamCandidate> top, ref int count)
    {
        if (!(value > least))
        {
            return least;
        }

        int place = count < top.Length ? count++ : top.Length - 1;
        while (place > 0 && top[place - 1].Score < value)
        {
            top[place] = top[place - 1];
            place--;
        }

        top[place] = new BeamCandidate(value, 0, index, 0);
        return count < top.Length ? float.NegativeInfinity : top[^1].Score;
    }
}
