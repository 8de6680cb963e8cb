namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>
/// Keeps an estimate of the clean sample in bounds, as the configuration asks: dynamic thresholding (Saharia et al. 2022, section 2.3) or
/// clipping.
/// </summary>
internal sealed class CleanSample
{
    private readonly float _clipRange;
    private readonly float _maximum;
    private readonly double _ratio;
    private readonly float[]? _magnitudes;

    /// <param name="config">The scheduler's configuration.</param>
    /// <param name="clips">Whether samples are clipped where they are not thresholded.</param>
    /// <param name="latentCount">Values of one picture's latents.</param>
    public CleanSample(SchedulerConfig config, bool clips, int latentCount)
    {
        _clipRange = clips ? config.ClipRange : float.PositiveInfinity;
        _maximum = config.SampleMaximum;
        _ratio = config.ThresholdingRatio;
        _magnitudes = config.Thresholds ? new float[latentCount] : null;
    }

    /// <summary>Bounds the estimate, in place.</summary>
    public void Bound(Span<float> clean)
    {
        if (_magnitudes is not null)
        {
            Threshold(clean, _magnitudes);
        }
        else if (float.IsFinite(_clipRange))
        {
            foreach (ref float value in clean)
            {
                value = Math.Clamp(value, -_clipRange, _clipRange);
            }
        }
    }

    private void Threshold(Span<float> clean, float[] magnitudes)
    {
        for (int i = 0; i < clean.Length; i++)
        {
            magnitudes[i] = Math.Abs(clean[i]);
        }

        Array.Sort(magnitudes);
        double place = _ratio * (magnitudes.Length - 1);
        int low = (int)place;
        int high = Math.Min(low + 1, magnitudes.Length - 1);
        float quantile = (float)(magnitudes[low] + ((place - low) * (magnitudes[high] - magnitudes[low])));
        float bound = Math.Clamp(quantile, 1, Math.Max(_maximum, 1));
        foreach (ref float value in clean)
        {
            value = Math.Clamp(value, -bound, bound) / bound;
        }
    }
}
