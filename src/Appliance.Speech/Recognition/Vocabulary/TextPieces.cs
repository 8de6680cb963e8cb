using System.Text;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>
/// Cuts text into the pieces that byte pairs are merged within, as GPT-2's pattern
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c> does. .NET's regular expressions see UTF-16
/// units and would take letters beyond U+FFFF for symbols, so it is done by hand on whole characters.
/// </summary>
internal ref struct TextPieces(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The piece found last.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    private enum Kind
    {
        Space,
        Letter,
        Number,
        Other,
    }

    /// <summary>Finds the next piece.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        int length = Contraction(_rest);
        if (length == 0)
        {
            length = Word(_rest);
        }

        if (length == 0)
        {
            length = Blank(_rest);
        }

        Current = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private static int Contraction(ReadOnlySpan<char> text) => text switch
    {
        ['\'', 's' or 't' or 'm' or 'd', ..] => 2,
        ['\'', 'r' or 'v', 'e', ..] or ['\'', 'l', 'l', ..] => 3,
        _ => 0,
    };

    private static int Word(ReadOnlySpan<char> text)
    {
        int begin = text[0] == ' ' ? 1 : 0;
        if (begin == text.Length)
        {
            return 0;
        }

        Kind kind = KindAt(text, begin, out _);
        return kind == Kind.Space ? 0 : Run(text, begin, kind, out _);
    }

    private static int Blank(ReadOnlySpan<char> text)
    {
        int end = Run(text, 0, Kind.Space, out int last);

        // before a word the run leaves one blank to that word, unless it is the only one
        return end < text.Length && last > 0 ? last : end;
    }

    private static int Run(ReadOnlySpan<char> text, int begin, Kind kind, out int last)
    {
        last = begin;
        int end = begin;
        while (end < text.Length && KindAt(text, end, out int length) == kind)
        {
            last = end;
            end += length;
        }

        return end;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int index, out int length)
    {
        // half of a surrogate pair becomes U+FFFD, a symbol
        _ = Rune.DecodeFromUtf16(text[index..], out Rune rune, out length);
        return Rune.IsWhiteSpace(rune) ? Kind.Space : Rune.IsLetter(rune) ? Kind.Letter : Rune.IsNumber(rune) ? Kind.Number : Kind.Other;
    }
}
