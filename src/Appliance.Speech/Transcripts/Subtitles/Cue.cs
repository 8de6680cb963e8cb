using System.Text;

namespace Appliance.Speech.Transcripts.Subtitles;

/// <summary>A text and the interval that it is shown in.</summary>
/// <param name="Start">Milliseconds of the file.</param>
/// <param name="End">Milliseconds of the file, after the start.</param>
/// <param name="Pieces">The text.</param>
/// <param name="Highlighted">Index of the piece that is underlined, or -1.</param>
internal sealed record Cue(long Start, long End, IReadOnlyList<CuePiece> Pieces, int Highlighted = -1)
{
    /// <summary>The text with its line breaks.</summary>
    /// <param name="escape">Applied to the text of each piece.</param>
    public string Render(Func<string, string> escape)
    {
        StringBuilder text = new();
        for (int i = 0; i < Pieces.Count; i++)
        {
            CuePiece piece = Pieces[i];
            string word = piece.Text.Trim();
            if (i > 0)
            {
                text.Append(Between(Pieces[i - 1], piece));
            }

            text.Append(i == Highlighted ? $"<u>{escape(word)}</u>" : escape(word));
        }

        return text.ToString();
    }

    private static string Between(CuePiece last, CuePiece piece) => piece.BeginsLine ? "\n"
        : char.IsWhiteSpace(piece.Text[0]) || char.IsWhiteSpace(last.Text[^1]) ? " "
        : "";
}
