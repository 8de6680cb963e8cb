namespace Appliance.Speech.Segmentation;

/// <summary>
/// Which parts of a recording are given to the model. All times are whole mel frames (10 ms), so that a window's length in frames
/// is exactly what its times say.
/// </summary>
internal static class SpeechWindows
{
    private const int FramesPerSecond = 100;

    /// <summary>Pieces that windows are packed from are not longer than this when there is a choice of where to cut.</summary>
    private const int PieceFrames = 5 * FramesPerSecond;

    /// <summary>What one more window costs besides its length: its prompt, and being padded to the longest of its batch.</summary>
    private const double WindowCost = 5 * FramesPerSecond;

    /// <summary>What it costs to cut through certain speech: a split word is worse than several seconds of computing.</summary>
    private const double CutCost = 20 * FramesPerSecond;

    /// <summary>The clips of the seek loop: spans, joined where less than two seconds part them, so that only real silence is skipped.</summary>
    /// <param name="spans">In order, none overlapping another.</param>
    /// <param name="durationSeconds">Length of the recording.</param>
    public static IReadOnlyList<SpeechSpan> Clips(IReadOnlyList<SpeechSpan> spans, double durationSeconds)
    {
        const double smallestGapSeconds = 2.0;
        List<SpeechSpan> clips = [];
        foreach (SpeechSpan span in spans)
        {
            double start = Math.Floor(span.Start * FramesPerSecond) / FramesPerSecond;
            double end = Math.Ceiling(span.End * FramesPerSecond) / FramesPerSecond;
            SpeechSpan clip = new(start, Math.Min(durationSeconds, end));
            if (clips.Count > 0 && clip.Start - clips[^1].End < smallestGapSeconds)
            {
                clips[^1] = clips[^1] with { End = clip.End };
            }
            else
            {
                clips.Add(clip);
            }
        }

        return clips;
    }

    /// <summary>
    /// Windows that may be decoded in any order: each runs from the start of a span (or of a piece of one) to the end of another, is
    /// at most <paramref name="maxSeconds"/> long and all of them together cover every span. Spans are parted at the longest gaps,
    /// and speech is cut, where it must be, at frames of low probability.
    /// </summary>
    /// <param name="spans">In order, none overlapping another.</param>
    /// <param name="probabilities">Speech probabilities, one a frame of <see cref="SileroVad.FrameSamples"/> samples.</param>
    /// <param name="maxSeconds">The model's window, at least a second.</param>
    public static IReadOnlyList<SpeechSpan> Pack(IReadOnlyList<SpeechSpan> spans, IReadOnlyList<float> probabilities, double maxSeconds = 30)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSeconds, 1.0);
        int longest = (int)(maxSeconds * FramesPerSecond);
        List<Piece> pieces = CutIntoPieces(spans, probabilities, Math.Min(PieceFrames, longest));
        int[] firsts = FirstPieceOfEachLastWindow(pieces, longest);
        List<SpeechSpan> windows = [];
        for (int end = pieces.Count; end > 0; end = firsts[end])
        {
            windows.Add(new SpeechSpan(pieces[firsts[end]].Start / (double)FramesPerSecond, pieces[end - 1].End / (double)FramesPerSecond));
        }

        windows.Reverse();
        return windows;
    }

    private static List<Piece> CutIntoPieces(IReadOnlyList<SpeechSpan> spans, IReadOnlyList<float> probabilities, int longest)
    {
        List<Piece> pieces = [];
        foreach (SpeechSpan span in spans)
        {
            int start = Math.Max((int)Math.Floor(span.Start * FramesPerSecond), pieces.Count == 0 ? 0 : pieces[^1].End);
            int end = (int)Math.Ceiling(span.End * FramesPerSecond);
            double cost = 0;
            while (end - start > longest)
            {
                int quietest = SpeechSpans.Quietest(probabilities, VadFrame(start + (longest / 2)) + 1, VadFrame(start + longest));
                int cut = MelFrame(quietest);
                pieces.Add(new Piece(start, cut, cost));
                (start, cost) = (cut, probabilities[quietest] * CutCost);
            }

            pieces.Add(new Piece(start, end, cost));
        }

        return pieces;
    }

    /// <summary>
    /// For each number of pieces, the cheapest division of that many into windows: result[n] is the first piece of its last window.
    /// </summary>
    private static int[] FirstPieceOfEachLastWindow(List<Piece> pieces, int longest)
    {
        int[] firsts = new int[pieces.Count + 1];
        double[] costs = new double[pieces.Count + 1];
        for (int end = 1; end <= pieces.Count; end++)
        {
            costs[end] = double.PositiveInfinity;
            for (int first = end - 1; first >= 0 && pieces[end - 1].End - pieces[first].Start <= longest; first--)
            {
                double cost = costs[first] + pieces[first].CutCost + WindowCost + (pieces[end - 1].End - pieces[first].Start);
                if (cost < costs[end])
                {
                    (costs[end], firsts[end]) = (cost, first);
                }
            }
        }

        return firsts;
    }

    private static int VadFrame(int melFrame) => melFrame * 160 / SileroVad.FrameSamples;

    /// <summary>The mel frame in the middle of a frame of probabilities.</summary>
    private static int MelFrame(int vadFrame) => ((vadFrame * SileroVad.FrameSamples) + (SileroVad.FrameSamples / 2)) / 160;

    /// <summary>Speech that is never cut again.</summary>
    /// <param name="Start">Mel frame.</param>
    /// <param name="End">Mel frame after the last.</param>
    /// <param name="CutCost">What it costs to begin a window here: nothing at the start of a span.</param>
    private readonly record struct Piece(int Start, int End, double CutCost);
}
