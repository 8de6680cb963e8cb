namespace Appliance.Speech.Segmentation;

/// <summary>Says of each frame of <see cref="SileroVad.FrameSamples"/> samples how likely it is speech. One stream, one thread.</summary>
internal interface IVoiceActivity
{
    /// <summary>The probability of the next frame.</summary>
    /// <param name="frame">512 samples, 16 kHz mono, [-1, 1].</param>
    /// <param name="decibels">Its level in dBFS.</param>
    float Next(ReadOnlySpan<float> frame, float decibels);

    /// <summary>Forgets the stream so far, after a stretch without audio.</summary>
    void Reset();
}
