namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>Joins punctuation to the word that it belongs to (openai/whisper timing.py, merge_punctuations).</summary>
internal static class PunctuationMerge
{
    /// <summary>Merges in place; a word that went into its neighbour stays in the list, empty and without tokens.</summary>
    /// <param name="words">Words of a window.</param>
    /// <param name="prepended">Marks that belong to the word after them.</param>
    /// <param name="appended">Marks that belong to the word before them.</param>
    public static void Apply(IReadOnlyList<TimedWord> words, string prepended, string appended)
    {
        Prepend(words, prepended);
        Append(words, appended);
    }

    private static void Prepend(IReadOnlyList<TimedWord> words, string marks)
    {
        int following = words.Count - 1;
        for (int i = words.Count - 2; i >= 0; i--)
        {
            if (words[i].Text.StartsWith(' ') && marks.Contains(words[i].Text.Trim(), StringComparison.Ordinal))
            {
                words[following].Text = words[i].Text + words[following].Text;
                Move(words[i], words[following]);
            }
            else
            {
                following = i;
            }
        }
    }

    private static void Append(IReadOnlyList<TimedWord> words, string marks)
    {
        int previous = 0;
        for (int i = 1; i < words.Count; i++)
        {
            if (!words[previous].Text.EndsWith(' ') && marks.Contains(words[i].Text, StringComparison.Ordinal))
            {
                words[previous].Text += words[i].Text;
                Move(words[i], words[previous]);
            }
            else
            {
                previous = i;
            }
        }
    }

    private static void Move(TimedWord mark, TimedWord word)
    {
        word.TokenCount += mark.TokenCount;
        mark.Text = "";
        mark.TokenCount = 0;
    }
}
