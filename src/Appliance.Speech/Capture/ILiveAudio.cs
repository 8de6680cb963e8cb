namespace Appliance.Speech.Capture;

/// <summary>
/// Live audio as 16 kHz mono float32, [-1, 1], pulled by one thread. Everything that the source lost is told as a gap, so that the sum of
/// all samples, gaps and skipped stretches is the captured timeline.
/// </summary>
public interface ILiveAudio : IDisposable
{
    /// <summary>Name of the source: <c>alsa</c>, <c>file</c>, <c>stdin</c>.</summary>
    string Source { get; }

    /// <summary>The device in use (a stable name such as <c>hw:CARD=C920</c>), the file being played, or null.</summary>
    string? Device { get; }

    /// <summary>
    /// True where audio arrives by the clock and would be lost when nobody takes it; false where the source waits for its reader
    /// (a file at pace 0).
    /// </summary>
    bool IsPaced { get; }

    /// <summary>Silences the source for good (until unmuted): from the return of this call on, no sample of it reaches a buffer of this process.</summary>
    bool IsMuted { get; set; }

    /// <summary>Waits up to about 100 ms for audio. Allocates nothing while samples flow.</summary>
    /// <param name="samples">Destination; room for 512 to 16384 samples.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CaptureException">The source can't be used at all (a device that only went away is no exception).</exception>
    CaptureRead Read(Span<float> samples, CancellationToken cancellationToken);
}
