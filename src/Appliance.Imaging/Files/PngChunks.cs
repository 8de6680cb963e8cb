using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Appliance.Imaging.Files;

/// <summary>International text chunks of PNG files (PNG specification, third edition, section 11.3.3.4).</summary>
internal static class PngChunks
{
    private const int HeaderBytes = 8;
    private const int CrcBytes = 4;

    // signature, then the chunk IHDR of 13 bytes
    private const int EndOfHeader = 8 + HeaderBytes + 13 + CrcBytes;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Whether a file begins as a PNG file does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Puts texts behind the header of a file.</summary>
    public static byte[] InsertTexts(ReadOnlySpan<byte> file, params ReadOnlySpan<(string Keyword, string Text)> texts)
    {
        using MemoryStream result = new();
        result.Write(file[..EndOfHeader]);
        foreach ((string keyword, string text) in texts)
        {
            // no compression, no language, no translated keyword
            byte[] data = [.. Encoding.Latin1.GetBytes(keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)];
            Write(result, "iTXt", data);
        }

        result.Write(file[EndOfHeader..]);
        return result.ToArray();
    }

    /// <summary>The text under a keyword; null when there is none that is not compressed. Damaged files give null.</summary>
    public static string? ReadText(ReadOnlySpan<byte> file, string keyword)
    {
        int place = Signature.Length;
        while (place + HeaderBytes + CrcBytes <= file.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[place..]);
            ReadOnlySpan<byte> type = file.Slice(place + 4, 4);
            if (length > file.Length - place - HeaderBytes - CrcBytes)
            {
                return null;
            }

            ReadOnlySpan<byte> data = file.Slice(place + HeaderBytes, (int)length);
            if (type.SequenceEqual("iTXt"u8) && Text(data, keyword) is { } text)
            {
                return text;
            }

            place += HeaderBytes + (int)length + CrcBytes;
        }

        return null;
    }

    private static string? Text(ReadOnlySpan<byte> data, string keyword)
    {
        ReadOnlySpan<byte> start = [.. Encoding.Latin1.GetBytes(keyword), 0, 0, 0];
        if (!data.StartsWith(start))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = data[start.Length..];
        int language = rest.IndexOf((byte)0);
        int translated = language < 0 ? -1 : rest[(language + 1)..].IndexOf((byte)0);
        return translated < 0 ? null : Encoding.UTF8.GetString(rest[(language + translated + 2)..]);
    }

    private static void Write(MemoryStream result, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        result.Write(number);
        byte[] checkedBytes = [.. Encoding.ASCII.GetBytes(type), .. data];
        result.Write(checkedBytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(checkedBytes));
        result.Write(number);
    }
}
