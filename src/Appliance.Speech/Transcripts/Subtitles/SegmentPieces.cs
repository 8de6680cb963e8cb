using System.Buffers;
using System.Globalization;

namespace Appliance.Speech.Transcripts.Subtitles;

/// <summary>Cuts a segment into pieces: at its words, or at the words of its text with times in proportion to their length.</summary>
internal static class SegmentPieces
{
    private static readonly SearchValues<string> WithoutSpaces =
        SearchValues.Create(["zh", "ja", "th", "lo", "my", "yue"], StringComparison.Ordinal);

    /// <summary>The pieces of a segment in order; none for one without text.</summary>
    public static List<CuePiece> Of(TranscriptSegment segment, string language) =>
        segment.Words is { Count: > 0 } words ? Timed(words) : Estimated(segment, WithoutSpaces.Contains(language));

    private static List<CuePiece> Timed(IReadOnlyList<TranscriptWord> words)
    {
        List<CuePiece> pieces = [];
        foreach (TranscriptWord word in words)
        {
            string text = LineText.Of(word.Word);
            if (!string.IsNullOrWhiteSpace(text))
            {
                long start = Milliseconds(word.Start);
                pieces.Add(new CuePiece(text, start, Math.Max(start, Milliseconds(word.End)), IsTimed: true));
            }
        }

        return pieces;
    }

    private static List<CuePiece> Estimated(TranscriptSegment segment, bool atCharacters)
    {
        string text = LineText.Of(segment.Text).TrimEnd();
        long start = Milliseconds(segment.Start);
        long duration = Math.Max(0, Milliseconds(segment.End) - start);
        List<CuePiece> pieces = [];
        int begin = 0;
        foreach (string part in Parts(text, atCharacters, duration))
        {
            int end = begin + part.Length;
            pieces.Add(new CuePiece(part, At(begin), At(end), IsTimed: false));
            begin = end;
        }

        return pieces;

        long At(int index) => start + (duration * index / text.Length);
    }

    private static IEnumerable<string> Parts(string text, bool atCharacters, long duration)
    {
        for (int begin = 0; begin < text.Length;)
        {
            int end = begin;
            while (end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            string word = text[begin..end];
            begin = end;
            bool isTooLong = duration * word.Length / text.Length > CueBuilder.LongestCue;
            foreach (string part in atCharacters || isTooLong ? Characters(word) : [word])
            {
                yield return part;
            }
        }
    }

    // blanks stay with the character after them, punctuation with the one before
    private static IEnumerable<string> Characters(string word)
    {
        string part = "";
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            bool belongsToPart = string.IsNullOrWhiteSpace(part) || char.IsPunctuation(element, 0);
            if (!belongsToPart)
            {
                yield return part;
                part = "";
            }

            part += element;
        }

        yield return part;
    }

    private static long Milliseconds(double seconds) => Math.Max(0, (long)Math.Round(seconds * 1000, MidpointRounding.ToEven));
}
