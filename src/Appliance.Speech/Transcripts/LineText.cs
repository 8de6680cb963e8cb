using System.Buffers;

namespace Appliance.Speech.Transcripts;

/// <summary>Text that has to stay on one line.</summary>
internal static class LineText
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\t\n\v\f\r\u0085\u2028\u2029");

    /// <summary>The text with a space for each tab and line break.</summary>
    public static string Of(string text) => text.AsSpan().ContainsAny(Breaks)
        ? string.Create(text.Length, text, static (line, source) =>
        {
            source.CopyTo(line);
            foreach (ref char character in line)
            {
                character = Breaks.Contains(character) ? ' ' : character;
            }
        })
        : text;
}
