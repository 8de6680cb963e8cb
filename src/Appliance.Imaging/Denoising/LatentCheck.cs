namespace Appliance.Imaging.Denoising;

/// <summary>Finds out after the first step whether a model gives numbers at all: half precision overflows on some.</summary>
internal static class LatentCheck
{
    /// <exception cref="ImagingException">There are values that are no numbers, or all are the same.</exception>
    public static void Run(ReadOnlySpan<float> latents)
    {
        bool varies = false;
        foreach (float value in latents)
        {
            if (!float.IsFinite(value))
            {
                throw new ImagingException(ImagingError.NotFinite, "the model gave values that are no numbers in its first step: use the model in float32, or another execution provider");
            }

            varies |= value != latents[0];
        }

        if (!varies)
        {
            throw new ImagingException(ImagingError.NotFinite, "the model gave the same value everywhere in its first step: export the model again, or use another execution provider");
        }
    }
}
