namespace Appliance.Speech.Segmentation;

/// <summary>Silero VAD, frame by frame. Allocates nothing.</summary>
internal sealed class SileroActivity(SileroVad vad) : IVoiceActivity
{
    private readonly float[] _probability = new float[1];

    /// <inheritdoc/>
    public float Next(ReadOnlySpan<float> frame, float decibels)
    {
        vad.Append(frame, _probability);
        return _probability[0];
    }

    /// <inheritdoc/>
    public void Reset() => vad.Reset();
}
