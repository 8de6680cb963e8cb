namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>
/// A point of the process in which a sample is clean + sigma·noise (Karras et al. 2022): what the denoiser gets, and how its output gives the
/// clean sample.
/// </summary>
internal readonly struct SigmaSpace(float sigma, PredictionType type)
{
    private readonly float _square = (sigma * sigma) + 1;

    /// <summary>Writes what the denoiser gets: a sample of variance about 1.</summary>
    public void ScaleModelInput(ReadOnlySpan<float> latents, Span<float> input)
    {
        float root = MathF.Sqrt(_square);
        for (int i = 0; i < latents.Length; i++)
        {
            input[i] = latents[i] / root;
        }
    }

    /// <summary>The clean sample.</summary>
    public float Clean(float sample, float output) => type switch
    {
        PredictionType.Epsilon => sample - (sigma * output),
        PredictionType.VPrediction => (output * (-sigma / MathF.Sqrt(_square))) + (sample / _square),
        _ => output,
    };

    /// <summary>Mixes a clean sample and noise.</summary>
    public void Mix(ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> sample)
    {
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = clean[i] + (noise[i] * sigma);
        }
    }
}
