namespace Appliance.Imaging.Denoising;

/// <summary>Shape of the latents of one picture.</summary>
internal readonly record struct LatentSize(int Channels, int Height, int Width)
{
    /// <summary>Values.</summary>
    public int Count => checked(Channels * Height * Width);
}
