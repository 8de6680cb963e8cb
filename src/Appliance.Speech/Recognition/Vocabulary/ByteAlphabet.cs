namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>
/// The printable characters that stand for bytes in GPT-2 vocabulary files: visible Latin-1 characters are themselves, every
/// other byte is the next character from U+0100 on.
/// </summary>
internal static class ByteAlphabet
{
    private const int Invalid = -1;

    private static short[] ByteOfCharacter { get; } = Build();

    /// <summary>Bytes of a token as it is written in the file; null when a character is not of this alphabet.</summary>
    public static byte[]? ToBytes(ReadOnlySpan<char> token)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            int value = token[i] < ByteOfCharacter.Length ? ByteOfCharacter[token[i]] : Invalid;
            if (value == Invalid)
            {
                return null;
            }

            bytes[i] = (byte)value;
        }

        return bytes;
    }

    private static short[] Build()
    {
        short[] bytes = new short[0x144];
        Array.Fill<short>(bytes, Invalid);
        int next = 0x100;
        for (short value = 0; value < 256; value++)
        {
            bool isVisible = (char)value is (>= '!' and <= '~') or (>= '\u00A1' and <= '\u00FF' and not '\u00AD');
            bytes[isVisible ? value : next++] = value;
        }

        return bytes;
    }
}
