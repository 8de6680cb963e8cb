namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>
/// A point of the process in which a sample is sqrt(a)·clean + sqrt(1 − a)·noise: how a denoiser's output gives the clean sample and the
/// noise.
/// </summary>
internal readonly struct VarianceSpace
{
    private readonly float _left;
    private readonly float _noise;
    private readonly PredictionType _type;

    /// <param name="alphaCumulative">a.</param>
    /// <param name="type">What the output means.</param>
    public VarianceSpace(float alphaCumulative, PredictionType type)
    {
        _left = MathF.Sqrt(alphaCumulative);
        _noise = MathF.Sqrt(1 - alphaCumulative);
        _type = type;
    }

    /// <summary>The clean sample.</summary>
    public float Clean(float sample, float output) => _type switch
    {
        PredictionType.Epsilon => (sample - (_noise * output)) / _left,
        PredictionType.VPrediction => (_left * sample) - (_noise * output),
        _ => output,
    };

    /// <summary>The noise.</summary>
    public float Noise(float sample, float output) => _type switch
    {
        PredictionType.Epsilon => output,
        PredictionType.VPrediction => (_left * output) + (_noise * sample),
        _ => (sample - (_left * output)) / _noise,
    };

    /// <summary>Mixes a clean sample and noise.</summary>
    public void Mix(ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> sample)
    {
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = (_left * clean[i]) + (_noise * noise[i]);
        }
    }
}
