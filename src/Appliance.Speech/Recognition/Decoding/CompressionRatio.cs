using System.IO.Compression;
using System.Text;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>How well a text compresses: repeated text compresses well.</summary>
internal static class CompressionRatio
{
    /// <summary>UTF-8 bytes over the bytes of their zlib stream (RFC 1950, level 6).</summary>
    public static double Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        // of the empty text CPython's zlib makes 8 bytes, and .NET none
        return compressed.Length == 0 ? 0 : (double)bytes.Length / compressed.Length;
    }
}
