using Appliance.Speech.Capture;
using Appliance.Speech.Segmentation;

namespace Appliance.Benchmarks.Live;

/// <summary>A source, and when each place of its timeline was captured.</summary>
internal sealed class TimedAudio(ILiveAudio audio) : ILiveAudio
{
    private readonly List<(long Position, long Timestamp)> _points = [];
    private long _position;

    public string Source => audio.Source;

    public string? Device => audio.Device;

    public bool IsPaced => audio.IsPaced;

    public bool IsMuted
    {
        get => audio.IsMuted;
        set => audio.IsMuted = value;
    }

    public CaptureRead Read(Span<float> samples, CancellationToken cancellationToken)
    {
        CaptureRead read = audio.Read(samples, cancellationToken);
        if (read.Samples > 0)
        {
            _position += read.Samples;
            _points.Add((_position, read.CapturedAt));
        }

        return read;
    }

    /// <summary>The timestamp at which a place of the timeline was captured.</summary>
    public long CapturedAt(double seconds)
    {
        long position = (long)(seconds * SileroVad.SampleRateHz);
        (long after, long timestamp) = _points.FirstOrDefault(point => point.Position >= position, _points[^1]);
        return timestamp - ((after - position) * System.Diagnostics.Stopwatch.Frequency / SileroVad.SampleRateHz);
    }

    public void Dispose() => audio.Dispose();
}
