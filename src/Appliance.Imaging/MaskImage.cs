namespace Appliance.Imaging;

/// <summary>Which parts of a picture are drawn anew: 8-bit grey, white is drawn anew, black is kept, grey is blended.</summary>
public sealed class MaskImage
{
    /// <summary>Takes over the pixels.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="pixels">Shape [height, width].</param>
    public MaskImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, checked(width * height), nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Shape [height, width].</summary>
    public byte[] Pixels { get; }
}
