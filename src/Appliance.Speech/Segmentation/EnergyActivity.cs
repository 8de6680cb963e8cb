namespace Appliance.Speech.Segmentation;

/// <summary>
/// Voice activity by level alone, for where no detector model is installed: a frame is speech when it stands well above the noise floor,
/// which falls at once to quieter frames and rises slowly. It can't tell a voice from any other sound.
/// </summary>
internal sealed class EnergyActivity : IVoiceActivity
{
    /// <summary>Decibels above the floor at which a frame is as likely speech as not.</summary>
    private const float Margin = 9f;

    /// <summary>Decibels for which the odds change by e.</summary>
    private const float Slope = 1.5f;

    /// <summary>Below this level nothing is speech: the self-noise of converters.</summary>
    private const float LeastDecibels = -55f;

    /// <summary>The floor rises by 2 dB a second: slower than speech pauses, faster than a fan that was switched on is a nuisance.</summary>
    private const float RisePerFrame = 2f * SileroVad.FrameSamples / SileroVad.SampleRateHz;

    private const float InitialFloor = -60f;

    private float _floor = InitialFloor;

    /// <inheritdoc/>
    public float Next(ReadOnlySpan<float> frame, float decibels)
    {
        _floor = Math.Min(decibels, _floor + RisePerFrame);
        float above = Math.Min(decibels - _floor - Margin, decibels - LeastDecibels);
        return 1f / (1f + MathF.Exp(-above / Slope));
    }

    /// <inheritdoc/>
    public void Reset() => _floor = InitialFloor;
}
