namespace Appliance.Speech.Capture;

/// <summary>Which sample is due by a clock.</summary>
/// <param name="time">The clock.</param>
/// <param name="samplesPerSecond">Samples that become due each second.</param>
internal sealed class PacedClock(TimeProvider time, double samplesPerSecond)
{
    private long _start;

    /// <summary>Samples that are due by now.</summary>
    public long Due => (long)(time.GetElapsedTime(_start).TotalSeconds * samplesPerSecond);

    /// <summary>The first sample is due now.</summary>
    public void Start() => _start = time.GetTimestamp();

    /// <summary>The timestamp at which so many samples are due.</summary>
    public long TimestampOf(long samples) => _start + (long)(samples / samplesPerSecond * time.TimestampFrequency);

    /// <summary>Waits until so many samples are due, but not longer than a limit.</summary>
    public void WaitFor(long samples, TimeSpan limit, CancellationToken cancellationToken)
    {
        double missing = (samples - Due) / samplesPerSecond;
        TimeSpan wait = TimeSpan.FromSeconds(Math.Max(missing, limit.TotalSeconds));
        cancellationToken.WaitHandle.WaitOne(wait < limit ? wait : limit);
    }
}
