using SkiaSharp;

namespace Appliance.Imaging.Files;

/// <summary>From our pictures to those of Skia.</summary>
internal static class SkiaEncoding
{
    /// <summary>Encodes a picture.</summary>
    public static byte[] Encode(RgbImage image, Func<SKPixmap, SKData?> encode)
    {
        using SKBitmap bitmap = new(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> target = bitmap.GetPixelSpan();
        ReadOnlySpan<byte> source = image.Pixels;
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            source.Slice(i * 3, 3).CopyTo(target[(i * 4)..]);
            target[(i * 4) + 3] = 255;
        }

        using SKPixmap pixels = bitmap.PeekPixels();
        using SKData? data = encode(pixels);
        return data?.ToArray() ?? throw new ImagingException(ImagingError.EngineFailed, $"a picture of {image.Width}x{image.Height} pixels can't be encoded: use another format");
    }
}
