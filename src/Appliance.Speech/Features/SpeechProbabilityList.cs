using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Features;

/// <summary>Collects the speech probabilities of one recording, and the time they take.</summary>
internal sealed class SpeechProbabilityList
{
    private readonly SileroVad _voiceActivity;
    private readonly StageTimes _times;
    private readonly TimeProvider _time;
    private readonly float[] _block = new float[(RecordingPass.BlockSamples / SileroVad.FrameSamples) + 1];
    private readonly List<float> _values = [];

    /// <param name="voiceActivity">Reset here; not owned.</param>
    /// <param name="times">Grows with each block.</param>
    /// <param name="time">By what it is timed.</param>
    public SpeechProbabilityList(SileroVad voiceActivity, StageTimes times, TimeProvider time)
    {
        (_voiceActivity, _times, _time) = (voiceActivity, times, time);
        voiceActivity.Reset();
    }

    /// <summary>One a frame of <see cref="SileroVad.FrameSamples"/> samples.</summary>
    public IReadOnlyList<float> Values => _values;

    /// <summary>Takes a block of the recording; an empty one is its end.</summary>
    public void Append(ReadOnlySpan<float> samples)
    {
        long begin = _time.GetTimestamp();
        int count = samples.IsEmpty ? _voiceActivity.Finish(_block) : _voiceActivity.Append(samples, _block);
        _values.AddRange(_block.AsSpan(0, count));
        _times.Vad += _time.GetElapsedTime(begin);
    }
}
