namespace Appliance.Speech.Recognition.Decoding;

/// <summary>
/// Notices text that repeats itself: the last tokens are one n-gram over and over. Timestamps are looked through, since a looping
/// window goes on stamping its copies. How often an n-gram may stand in a row falls with its length: short ones are said
/// ("no, no, no"), a clause is not said four times.
/// </summary>
internal sealed class LoopGuard
{
    private const int LongestPeriod = 48;
    private readonly int[] _text;
    private readonly int _endOfText;
    private int _length;

    /// <param name="capacity">Most tokens that are added.</param>
    /// <param name="endOfText">Id of the end of text; text tokens are below it.</param>
    public LoopGuard(int capacity, int endOfText)
    {
        _text = new int[capacity];
        _endOfText = endOfText;
    }

    /// <summary>Adds a token.</summary>
    /// <returns>True when the text now repeats itself.</returns>
    public bool Add(int token)
    {
        if (token >= _endOfText)
        {
            return false;
        }

        _text[_length++] = token;
        return Period(_text.AsSpan(0, _length)) > 0;
    }

    /// <summary>Whether a sequence with timestamps ends in a loop.</summary>
    public static bool IsRepeated(ReadOnlySpan<int> tokens, int endOfText)
    {
        Span<int> text = stackalloc int[Math.Min(tokens.Length, 5 * LongestPeriod)];
        int length = text.Length;
        for (int i = tokens.Length - 1; i >= 0 && length > 0; i--)
        {
            if (tokens[i] < endOfText)
            {
                text[--length] = tokens[i];
            }
        }

        return Period(text[length..]) > 0;
    }

    /// <summary>Tokens of the n-gram that the text ends in too often, or 0.</summary>
    public static int Period(ReadOnlySpan<int> text)
    {
        for (int period = 1; period <= LongestPeriod && period < text.Length; period++)
        {
            int matched = 0;
            for (int i = text.Length - 1; i >= period && text[i] == text[i - period]; i--)
            {
                matched++;
            }

            if (matched >= period * (Allowed(period) - 1))
            {
                return period;
            }
        }

        return 0;
    }

    /// <summary>Copies in a row that count as a loop.</summary>
    private static int Allowed(int period) => period switch
    {
        1 => 10,
        2 => 7,
        3 => 6,
        < 6 => 5,
        < 12 => 4,
        _ => 3,
    };
}
