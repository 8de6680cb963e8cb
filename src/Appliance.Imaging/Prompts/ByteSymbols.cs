namespace Appliance.Imaging.Prompts;

/// <summary>
/// The printable characters that stand for bytes in vocabulary files: visible Latin-1 characters are themselves, every other byte is the next
/// character from U+0100 on.
/// </summary>
internal static class ByteSymbols
{
    private const int Beyond = 0x144;

    private static readonly char[] Symbols = Build();
    private static readonly short[] Bytes = Invert(Symbols);

    /// <summary>The character of a byte.</summary>
    public static char Of(byte value) => Symbols[value];

    /// <summary>The byte of a character; false when it stands for none.</summary>
    public static bool TryRead(char symbol, out byte value)
    {
        short found = symbol < Beyond ? Bytes[symbol] : (short)-1;
        value = (byte)found;
        return found >= 0;
    }

    private static char[] Build()
    {
        char[] symbols = new char[256];
        char next = '\u0100';
        for (int value = 0; value < symbols.Length; value++)
        {
            bool isVisible = (char)value is (>= '!' and <= '~') or (>= '\u00A1' and <= '\u00FF' and not '\u00AD');
            symbols[value] = isVisible ? (char)value : next++;
        }

        return symbols;
    }

    private static short[] Invert(char[] symbols)
    {
        short[] bytes = new short[Beyond];
        Array.Fill<short>(bytes, -1);
        for (short value = 0; value < symbols.Length; value++)
        {
            bytes[symbols[value]] = value;
        }

        return bytes;
    }
}
