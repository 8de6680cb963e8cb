namespace Appliance.Imaging.Denoising.Noise;

/// <summary>Standard normal noise of one picture, the same for the same seed. Draws follow one another. Allocates nothing when it draws.</summary>
internal interface INoiseSource
{
    /// <summary>The next draw.</summary>
    void Fill(Span<float> values);
}
