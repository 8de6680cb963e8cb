using System.Buffers.Binary;
using SkiaSharp;

namespace Appliance.Imaging.Files;

/// <summary>WebP without loss: parameters as XMP in a chunk of its own, which takes the extended form of the file (RFC 9649, section 2.7).</summary>
internal sealed class WebpFormat : IImageFormat
{
    private const int Effort = 75;
    private const int RiffBytes = 12;
    private const int HeaderBytes = 8;
    private const byte HasXmp = 4;

    /// <inheritdoc/>
    public string Name => "webp";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".webp"];

    /// <inheritdoc/>
    public string ContentType => "image/webp";

    /// <inheritdoc/>
    public bool IsLossless => true;

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => file.Length > RiffBytes && file.StartsWith("RIFF"u8) && file.Slice(8, 4).SequenceEqual("WEBP"u8);

    /// <inheritdoc/>
    public byte[] Encode(RgbImage image, ImageParameters? parameters)
    {
        byte[] file = SkiaEncoding.Encode(image, pixels => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, Effort)));
        if (parameters is null)
        {
            return file;
        }

        using MemoryStream chunks = new();
        byte[] extended = new byte[10];
        extended[0] = HasXmp;
        WriteSize(extended.AsSpan(4), image.Width - 1);
        WriteSize(extended.AsSpan(7), image.Height - 1);
        Write(chunks, "VP8X"u8, extended);
        foreach ((byte[] type, Range place) in Chunks(file))
        {
            if (!type.AsSpan().SequenceEqual("VP8X"u8))
            {
                Write(chunks, type, file.AsSpan(place));
            }
        }

        Write(chunks, "XMP "u8, Xmp.Packet(parameters.ToJson()));
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, (int)chunks.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. chunks.ToArray()];
    }

    /// <inheritdoc/>
    public string? ReadParameters(ReadOnlySpan<byte> file)
    {
        foreach ((byte[] type, Range place) in Chunks(file))
        {
            if (type.AsSpan().SequenceEqual("XMP "u8))
            {
                return Xmp.Read(file[place]);
            }
        }

        return null;
    }

    private static List<(byte[] Type, Range Place)> Chunks(ReadOnlySpan<byte> file)
    {
        List<(byte[] Type, Range Place)> chunks = [];
        int place = RiffBytes;
        while (place + HeaderBytes <= file.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(place + 4)..]);
            int start = place + HeaderBytes;
            if (length > file.Length - start)
            {
                break;
            }

            chunks.Add((file.Slice(place, 4).ToArray(), start..(start + (int)length)));

            // chunks begin at even places
            place = start + (int)length + ((int)length & 1);
        }

        return chunks;
    }

    private static void Write(MemoryStream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        stream.Write(type);
        stream.Write(length);
        stream.Write(data);
        if ((data.Length & 1) == 1)
        {
            stream.WriteByte(0);
        }
    }

    private static void WriteSize(Span<byte> target, int value)
    {
        target[0] = (byte)value;
        target[1] = (byte)(value >> 8);
        target[2] = (byte)(value >> 16);
    }
}
