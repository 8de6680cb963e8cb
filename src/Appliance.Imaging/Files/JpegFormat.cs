using System.Buffers.Binary;
using SkiaSharp;

namespace Appliance.Imaging.Files;

/// <summary>JPEG: parameters as XMP in a segment APP1.</summary>
internal sealed class JpegFormat : IImageFormat
{
    private const int Quality = 95;
    private const byte App1 = 0xe1;
    private const byte StartOfScan = 0xda;

    /// <inheritdoc/>
    public string Name => "jpeg";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg"];

    /// <inheritdoc/>
    public string ContentType => "image/jpeg";

    /// <inheritdoc/>
    public bool IsLossless => false;

    private static ReadOnlySpan<byte> XmpName => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => file.StartsWith([(byte)0xff, (byte)0xd8, (byte)0xff]);

    /// <summary>Pixels alone, at a quality from 1 to 100.</summary>
    public static byte[] Encode(RgbImage image, int quality) => SkiaEncoding.Encode(image, pixels => pixels.Encode(new SKJpegEncoderOptions(
        quality, quality > 90 ? SKJpegEncoderDownsample.Downsample444 : SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore)));

    /// <inheritdoc/>
    public byte[] Encode(RgbImage image, ImageParameters? parameters)
    {
        byte[] file = Encode(image, Quality);
        if (parameters is null)
        {
            return file;
        }

        byte[] content = [.. XmpName, .. Xmp.Packet(parameters.ToJson())];
        if (content.Length + 2 > ushort.MaxValue)
        {
            throw new ImagingException(ImagingError.BadRequest, "the prompts are too long for a JPEG file, which holds 64 kB of them: write a PNG file");
        }

        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(content.Length + 2));
        return [.. file.AsSpan(0, 2), 0xff, App1, .. length, .. content, .. file.AsSpan(2)];
    }

    /// <inheritdoc/>
    public string? ReadParameters(ReadOnlySpan<byte> file)
    {
        int place = 2;
        while (place + 4 <= file.Length && file[place] == 0xff && file[place + 1] != StartOfScan)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(place + 2)..]);
            if (length < 2 || place + 2 + length > file.Length)
            {
                return null;
            }

            ReadOnlySpan<byte> content = file.Slice(place + 4, length - 2);
            if (file[place + 1] == App1 && content.StartsWith(XmpName) && Xmp.Read(content[XmpName.Length..]) is { } json)
            {
                return json;
            }

            place += 2 + length;
        }

        return null;
    }
}
