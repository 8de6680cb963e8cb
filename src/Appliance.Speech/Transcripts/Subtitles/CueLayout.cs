using System.Text;

namespace Appliance.Speech.Transcripts.Subtitles;

/// <summary>Puts pieces into lines and lines into cues, as openai-whisper's subtitle writer does.</summary>
internal sealed class CueLayout
{
    private const long LongestPause = 3000;

    private readonly int _maxLineWidth;
    private readonly int _maxLineCount;
    private readonly int _maxWords;
    private readonly bool _keepsSegments;

    private readonly List<List<CuePiece>> _cues = [];
    private List<CuePiece> _cue = [];
    private int _lineWidth;
    private int _lines = 1;

    private CueLayout(SubtitleOptions options)
    {
        _maxLineWidth = options.MaxLineWidth ?? int.MaxValue;
        _maxLineCount = options.MaxLineCount ?? int.MaxValue;
        _keepsSegments = options.MaxLineWidth is null || options.MaxLineCount is null;
        _maxWords = _keepsSegments ? options.MaxWordsPerLine ?? int.MaxValue : int.MaxValue;
    }

    /// <summary>The pieces of each cue.</summary>
    /// <param name="segments">The pieces of each segment.</param>
    /// <param name="options">Widths and counts.</param>
    public static List<List<CuePiece>> Arrange(IEnumerable<List<CuePiece>> segments, SubtitleOptions options)
    {
        CueLayout layout = new(options);
        foreach (List<CuePiece> pieces in segments)
        {
            for (int i = 0; i < pieces.Count; i++)
            {
                layout.Add(pieces[i], isBoundary: layout._keepsSegments && i % layout._maxWords == 0);
            }
        }

        layout.EndCue();
        return layout._cues;
    }

    private void Add(CuePiece piece, bool isBoundary)
    {
        bool isAfterPause = _cue.Count > 0 && IsAfterPause(_cue[^1], piece);
        bool hasRoom = _lineWidth + Width(piece.Text) <= _maxLineWidth;
        if (_lineWidth > 0 && hasRoom && !isAfterPause && !isBoundary)
        {
            _lineWidth += Width(piece.Text);
            _cue.Add(piece);
            return;
        }

        if (isAfterPause || isBoundary || _lines >= _maxLineCount)
        {
            EndCue();
        }
        else if (_lineWidth > 0)
        {
            _lines++;
            piece = piece with { BeginsLine = true };
        }

        _lineWidth = Width(piece.Text.Trim());
        _cue.Add(piece);
    }

    private void EndCue()
    {
        if (_cue.Count > 0)
        {
            _cues.Add(_cue);
        }

        _cue = [];
        _lines = 1;
    }

    // the original looks from start to start, and only where cues run across segments
    private bool IsAfterPause(CuePiece last, CuePiece piece) =>
        piece.Start - last.End > LongestPause || (!_keepsSegments && piece.Start - last.Start > LongestPause);

    private static int Width(string text)
    {
        int width = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            width++;
        }

        return width;
    }
}
