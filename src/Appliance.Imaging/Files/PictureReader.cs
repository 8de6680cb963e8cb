using SkiaSharp;

namespace Appliance.Imaging.Files;

/// <summary>Reads pictures that somebody gives: PNG, JPEG, WebP, GIF, BMP. What a file says of its size is checked before anything is allocated for it.</summary>
public static class PictureReader
{
    /// <summary>Largest file in bytes.</summary>
    public const int MaximumFileBytes = 64 << 20;

    /// <summary>Largest width or height in pixels.</summary>
    public const int MaximumSide = 16384;

    /// <summary>Most pixels.</summary>
    public const long MaximumPixels = 64L << 20;

    /// <summary>Width and height without decoding, as the picture is seen (turned as its camera says).</summary>
    /// <exception cref="ImagingException">It is no picture, or too large.</exception>
    public static (int Width, int Height) SizeOf(byte[] file)
    {
        using SKCodec codec = Open(file);
        return IsTurned(codec.EncodedOrigin) ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>Decodes a picture, over white where it is transparent, and scales it.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="width">Width that is wanted in pixels.</param>
    /// <param name="height">Height that is wanted in pixels.</param>
    /// <exception cref="ImagingException">It is no picture, damaged or too large.</exception>
    public static RgbImage Read(byte[] file, int width, int height)
    {
        using SKBitmap bitmap = Decode(file, width, height);
        byte[] pixels = new byte[width * height * 3];
        ReadOnlySpan<byte> source = bitmap.GetPixelSpan();
        for (int i = 0; i < width * height; i++)
        {
            source.Slice(i * 4, 3).CopyTo(pixels.AsSpan(i * 3));
        }

        return new(width, height, pixels);
    }

    /// <summary>Decodes a mask: grey values, of its own size.</summary>
    /// <exception cref="ImagingException">It is no picture, damaged or too large.</exception>
    public static MaskImage ReadMask(byte[] file)
    {
        (int width, int height) = SizeOf(file);
        RgbImage image = Read(file, width, height);
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.Length; i++)
        {
            // the weights of ITU-R BT.601 in thousandths, as in other tools
            ReadOnlySpan<byte> pixel = image.Pixels.AsSpan(i * 3, 3);
            grey[i] = (byte)(((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2])) / 1000);
        }

        return new(width, height, grey);
    }

    private static SKCodec Open(byte[] file)
    {
        if (file.Length > MaximumFileBytes)
        {
            throw new ImagingException(ImagingError.TooLarge, $"the picture has {file.Length >> 20} MiB, at most {MaximumFileBytes >> 20} are read: give a smaller one");
        }

        SKCodec codec = SKCodec.Create(new SKMemoryStream(file), out SKCodecResult result)
            ?? throw new ImagingException(ImagingError.UnsupportedMedia, $"this is not a picture that can be read ({result}): give a PNG, JPEG or WebP file");
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        if (width is < 1 or > MaximumSide || height is < 1 or > MaximumSide || (long)width * height > MaximumPixels)
        {
            codec.Dispose();
            throw new ImagingException(ImagingError.TooLarge, $"the picture has {width}x{height} pixels, at most {MaximumSide} a side and {MaximumPixels >> 20} million in all are read: scale it down");
        }

        return codec;
    }

    private static SKBitmap Decode(byte[] file, int width, int height)
    {
        using SKCodec codec = Open(file);
        using SKBitmap decoded = new(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        SKCodecResult result = codec.GetPixels(decoded.Info, decoded.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw new ImagingException(ImagingError.UnsupportedMedia, $"the picture is damaged ({result}): give a whole one");
        }

        SKBitmap target = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        using SKCanvas canvas = new(target);
        canvas.Clear(SKColors.White);
        (int seenWidth, int seenHeight) = IsTurned(codec.EncodedOrigin) ? (decoded.Height, decoded.Width) : (decoded.Width, decoded.Height);
        canvas.Scale((float)width / seenWidth, (float)height / seenHeight);
        canvas.Concat(Turn(codec.EncodedOrigin, decoded.Width, decoded.Height));
        using SKImage image = SKImage.FromBitmap(decoded);
        bool isSame = (seenWidth, seenHeight) == (width, height);
        using SKPaint paint = new();
        canvas.DrawImage(image, 0, 0, isSame ? new SKSamplingOptions(SKFilterMode.Nearest) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        return target;
    }

    private static bool IsTurned(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>From the pixels as they are stored to the picture as it is seen (Exif 2.32, tag Orientation).</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
