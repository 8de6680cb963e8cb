namespace Appliance.Imaging.Denoising;

/// <summary>A picture that a run starts from.</summary>
/// <param name="Latents">Its latents, times the scaling factor, shape [channels, height, width].</param>
/// <param name="Kept">How much of each place stays as it is, 0 to 1, shape [height, width]; null when all of it is drawn anew.</param>
internal sealed record GivenPicture(float[] Latents, float[]? Kept)
{
    /// <summary>Puts what is kept back into the latents, noised as they are.</summary>
    /// <param name="noised">The picture's latents with the noise that the latents have.</param>
    /// <param name="latents">The latents, in place.</param>
    public void Restore(ReadOnlySpan<float> noised, Span<float> latents)
    {
        if (Kept is null)
        {
            return;
        }

        for (int i = 0; i < latents.Length; i++)
        {
            float kept = Kept[i % Kept.Length];
            latents[i] = (noised[i] * kept) + (latents[i] * (1 - kept));
        }
    }
}
