namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>How long the words of a window usually are, for cutting those that took in a pause.</summary>
/// <param name="Median">Median of the durations above 0, at most 0.7 s; 0 when there are none.</param>
internal readonly record struct WordDurations(double Median)
{
    private const double LargestMedian = 0.7;
    private const string SentenceEnds = ".。!！?？";

    /// <summary>Seconds above which a word is suspected of holding a pause.</summary>
    public double Maximum => Median * 2;

    /// <summary>Measures words.</summary>
    public static WordDurations Of(IReadOnlyList<TimedWord> words)
    {
        double[] durations = [.. words.Select(word => word.Duration).Where(duration => duration != 0).Order()];
        if (durations.Length == 0)
        {
            return new WordDurations(0);
        }

        int middle = durations.Length / 2;
        double median = durations.Length % 2 == 1 ? durations[middle] : (durations[middle - 1] + durations[middle]) / 2;
        return new WordDurations(Math.Min(LargestMedian, median));
    }

    /// <summary>Cuts a long mark at the end of a sentence, and a long word after one: the pause is between them.</summary>
    public void ClipAtSentenceEnds(IReadOnlyList<TimedWord> words)
    {
        if (Median == 0)
        {
            return;
        }

        for (int i = 1; i < words.Count; i++)
        {
            if (words[i].Duration <= Maximum)
            {
                continue;
            }

            if (SentenceEnds.Contains(words[i].Text, StringComparison.Ordinal))
            {
                words[i].End = words[i].Start + Maximum;
            }
            else if (SentenceEnds.Contains(words[i - 1].Text, StringComparison.Ordinal))
            {
                words[i].Start = words[i].End - Maximum;
            }
        }
    }
}
