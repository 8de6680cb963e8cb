namespace Appliance.Speech.Segmentation;

/// <summary>What voice activity detection heard in a stretch of audio.</summary>
/// <param name="Start">Seconds at which the first frame begins, on the time axis that questions use.</param>
/// <param name="Probabilities">Speech probability of each 512-sample frame (32 ms).</param>
public readonly record struct SpeechEvidence(double Start, ReadOnlyMemory<float> Probabilities)
{
    private const double SecondsPerFrame = SileroVad.FrameSamples / (double)SileroVad.SampleRateHz;

    /// <summary>Seconds between two times in which the probability is at least the threshold.</summary>
    public double SpeechSeconds(double from, double to, float threshold = 0.5f)
    {
        int count = 0;
        foreach (float probability in Slice(from, to))
        {
            count += probability >= threshold ? 1 : 0;
        }

        return count * SecondsPerFrame;
    }

    /// <summary>Largest probability between two times; 0 where nothing was heard.</summary>
    public float Peak(double from, double to)
    {
        float peak = 0;
        foreach (float probability in Slice(from, to))
        {
            peak = Math.Max(peak, probability);
        }

        return peak;
    }

    /// <summary>The frames that overlap a stretch of time.</summary>
    public ReadOnlySpan<float> Slice(double from, double to)
    {
        int first = Math.Clamp((int)Math.Floor((from - Start) / SecondsPerFrame), 0, Probabilities.Length);
        int end = Math.Clamp((int)Math.Ceiling((to - Start) / SecondsPerFrame), first, Probabilities.Length);
        return Probabilities.Span[first..end];
    }
}
