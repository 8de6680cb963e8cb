using System.Text;

namespace Appliance.Imaging.Prompts;

/// <summary>
/// Cuts text as CLIP's tokenizer does: contractions, runs of letters, single digits, runs of anything else; white space only separates.
/// </summary>
internal static class ClipPieces
{
    private static readonly string[] _contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Space,
        Letter,
        Number,
        Other,
    }

    /// <summary>Prepares text: form C, white space runs as one space, lower case character by character.</summary>
    public static string Normalize(string text)
    {
        StringBuilder normalized = new(text.Length);
        bool wasSpace = false;
        foreach (Rune rune in CanonicalComposition.Of(text).EnumerateRunes())
        {
            bool isSpace = Rune.IsWhiteSpace(rune);
            if (isSpace)
            {
                normalized.Append(wasSpace ? "" : " ");
            }
            else
            {
                // the one character whose lower case is two, whatever the language
                normalized.Append(rune.Value == 0x130 ? "i\u0307" : Rune.ToLowerInvariant(rune).ToString());
            }

            wasSpace = isSpace;
        }

        return normalized.ToString();
    }

    /// <summary>The pieces of normalized text in order.</summary>
    public static IEnumerable<string> Split(string text)
    {
        int start = 0;
        while (start < text.Length)
        {
            if (Array.Find(_contractions, known => text.AsSpan(start).StartsWith(known, StringComparison.Ordinal)) is { } contraction)
            {
                yield return contraction;
                start += contraction.Length;
                continue;
            }

            Kind kind = KindAt(text, start, out int length);
            int end = start + length;
            while (kind is Kind.Letter or Kind.Other && end < text.Length && KindAt(text, end, out length) == kind)
            {
                end += length;
            }

            if (kind != Kind.Space)
            {
                yield return text[start..end];
            }

            start = end;
        }
    }

    private static Kind KindAt(string text, int index, out int length)
    {
        Rune rune = Rune.TryGetRuneAt(text, index, out Rune found) ? found : Rune.ReplacementChar;
        length = rune == Rune.ReplacementChar ? 1 : rune.Utf16SequenceLength;
        return Rune.IsWhiteSpace(rune) ? Kind.Space
            : Rune.IsLetter(rune) ? Kind.Letter
            : Rune.IsNumber(rune) ? Kind.Number
            : Kind.Other;
    }
}
