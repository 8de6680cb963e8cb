using System.Text;

namespace Appliance.Speech.Transcripts.Subtitles;

/// <summary>
/// Makes cues of a transcript: none longer than 10 s, none across a pause over 3 s, none without a letter or digit, none that
/// ends before it has begun; none overlaps the next where the words are in order.
/// </summary>
internal static class CueBuilder
{
    /// <summary>Milliseconds.</summary>
    public const long LongestCue = 10_000;

    // given to a cue whose words all have one instant
    private const long ShortestCue = 500;

    private const string SentenceEnds = ".!?…。！？";
    private const string ClauseEnds = ",;:、，；：";

    /// <summary>Cues in the order of the text.</summary>
    public static List<Cue> Build(Transcript transcript, SubtitleOptions options)
    {
        Require(options.MaxLineWidth, nameof(options.MaxLineWidth));
        Require(options.MaxLineCount, nameof(options.MaxLineCount));
        Require(options.MaxWordsPerLine, nameof(options.MaxWordsPerLine));
        IEnumerable<List<CuePiece>> segments = transcript.Segments.Select(segment => SegmentPieces.Of(segment, transcript.Language));
        List<Cue> cues =
        [
            .. CueLayout.Arrange(segments, options)
                .SelectMany(Split)
                .Where(pieces => pieces.Any(HasText))
                .Select(pieces => new Cue(StartOf(pieces), EndOf(pieces), pieces)),
        ];
        Settle(cues);
        return options.HighlightWords ? [.. cues.SelectMany(Highlight)] : cues;
    }

    private static void Require(int? count, string name)
    {
        if (count is < 1)
        {
            throw new ArgumentOutOfRangeException(name, count, "must be at least 1");
        }
    }

    /// <summary>Halves what is too long for one cue, where a sentence, a clause or a line ends if it can.</summary>
    private static IEnumerable<List<CuePiece>> Split(List<CuePiece> pieces)
    {
        if (pieces.Count == 1 || EndOf(pieces) - StartOf(pieces) <= LongestCue)
        {
            return [pieces];
        }

        long middle = (StartOf(pieces) + EndOf(pieces)) / 2;
        long reach = (EndOf(pieces) - StartOf(pieces)) / 4;
        int cut = Enumerable.Range(1, pieces.Count - 1).MinBy(i =>
        {
            long distance = Math.Abs(pieces[i].Start - middle);
            return (distance > reach ? 3 : Rank(pieces[i - 1], pieces[i]), distance);
        });
        return Split(pieces[..cut]).Concat(Split(pieces[cut..]));
    }

    private static int Rank(CuePiece before, CuePiece after) => SentenceEnds.Contains(before.Text[^1], StringComparison.Ordinal) ? 0
        : after.BeginsLine || ClauseEnds.Contains(before.Text[^1], StringComparison.Ordinal) ? 1
        : 2;

    /// <summary>Gives every cue an end after its start; those that begin together follow each other.</summary>
    private static void Settle(List<Cue> cues)
    {
        long lastBegin = -1;
        long lastEnd = -1;
        for (int i = 0; i < cues.Count; i++)
        {
            long begin = cues[i].Start;
            long start = begin >= lastBegin && begin < lastEnd ? lastEnd : begin;
            long end = Math.Min(cues[i].End, start + LongestCue);
            end = end > start ? end : start + ShortestCue;
            if (i + 1 < cues.Count && cues[i + 1].Start > start)
            {
                end = Math.Min(end, cues[i + 1].Start);
            }

            cues[i] = cues[i] with { Start = start, End = end };
            (lastBegin, lastEnd) = (begin, end);
        }
    }

    /// <summary>One cue a word, and the plain text between words.</summary>
    private static List<Cue> Highlight(Cue cue)
    {
        List<Cue> cues = [];
        if (!cue.Pieces.All(piece => piece.IsTimed))
        {
            return [cue];
        }

        long last = cue.Start;
        for (int i = 0; i < cue.Pieces.Count; i++)
        {
            long start = Math.Clamp(cue.Pieces[i].Start, last, cue.End);
            long end = Math.Min(cue.Pieces[i].End, cue.End);
            if (start > last)
            {
                cues.Add(cue with { Start = last, End = start });
                last = start;
            }

            if (end > last)
            {
                cues.Add(cue with { Start = last, End = end, Highlighted = i });
                last = end;
            }
        }

        return cues.Count > 0 ? cues : [cue];
    }

    private static bool HasText(CuePiece piece)
    {
        foreach (Rune rune in piece.Text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                return true;
            }
        }

        return false;
    }

    private static long StartOf(List<CuePiece> pieces) => pieces.Min(piece => piece.Start);

    private static long EndOf(List<CuePiece> pieces) => pieces.Max(piece => piece.End);
}
