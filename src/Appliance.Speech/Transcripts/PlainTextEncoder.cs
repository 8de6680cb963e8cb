using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Appliance.Speech.Transcripts;

/// <summary>
/// Leaves text as it is but for what JSON forbids and what some readers of one document a line take for the line's end. .NET's
/// most lenient encoder would still escape everything beyond U+FFFF.
/// </summary>
internal sealed unsafe class PlainTextEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\', '\u007f', '\u0085', '\u2028', '\u2029']);

    /// <summary>The one instance.</summary>
    public static PlainTextEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        ReadOnlySpan<char> characters = new(text, textLength);
        int escaped = characters.IndexOfAny(Escaped);
        int broken = IndexOfLoneSurrogate(escaped < 0 ? characters : characters[..escaped]);
        return broken < 0 ? escaped : broken;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    public override bool WillEncode(int unicodeScalar) => unicodeScalar <= char.MaxValue && Escaped.Contains((char)unicodeScalar);

    private static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (int index = 0; index < text.Length;)
        {
            int next = text[index..].IndexOfAnyInRange('\ud800', '\udfff');
            if (next < 0)
            {
                return -1;
            }

            index += next;
            if (Rune.DecodeFromUtf16(text[index..], out _, out int length) != OperationStatus.Done)
            {
                return index;
            }

            index += length;
        }

        return -1;
    }
}
