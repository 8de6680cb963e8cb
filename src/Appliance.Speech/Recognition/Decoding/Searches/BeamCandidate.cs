namespace Appliance.Speech.Recognition.Decoding.Searches;

/// <summary>A continuation of a beam; sorts by score, best first, then in the order found, as a stable sort would.</summary>
/// <param name="Score">Sum of log-probabilities, or a logit.</param>
/// <param name="Row">The beam it continues.</param>
/// <param name="Token">The token, or its index.</param>
/// <param name="Rank">Place among the continuations of its beam.</param>
internal readonly record struct BeamCandidate(float Score, int Row, int Token, int Rank) : IComparable<BeamCandidate>
{
    public int CompareTo(BeamCandidate other)
    {
        int byScore = other.Score.CompareTo(Score);
        if (byScore != 0)
        {
            return byScore;
        }

        int byRow = Row.CompareTo(other.Row);
        return byRow != 0 ? byRow : Rank.CompareTo(other.Rank);
    }
}
