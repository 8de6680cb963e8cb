namespace Appliance.Imaging.Decoding;

/// <summary>How latents stand to what the autoencoder's graphs take and give: latents = (values − shift) · factor.</summary>
internal sealed record VaeScaling(float Factor, float Shift)
{
    /// <summary>Turns the values of the encoder into latents, in place.</summary>
    public void ToLatents(Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = (value - Shift) * Factor;
        }
    }

    /// <summary>Turns latents into what the decoder takes.</summary>
    public void ToDecoder(ReadOnlySpan<float> latents, Span<float> values)
    {
        for (int i = 0; i < latents.Length; i++)
        {
            values[i] = (latents[i] / Factor) + Shift;
        }
    }
}
