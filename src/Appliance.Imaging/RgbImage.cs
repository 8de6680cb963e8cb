namespace Appliance.Imaging;

/// <summary>A picture: 8-bit RGB, row by row from the top, no padding.</summary>
public sealed class RgbImage
{
    /// <summary>Takes over the pixels.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="pixels">Shape [height, width, 3].</param>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, checked(width * height * 3), nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Shape [height, width, 3].</summary>
    public byte[] Pixels { get; }
}
