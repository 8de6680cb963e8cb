namespace Appliance.Speech.Capture;

/// <summary>The outcome of one reading of a capture stream.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Samples">
/// 16 kHz samples: for <see cref="CaptureEvent.Samples"/> those written, for <see cref="CaptureEvent.Gap"/> and
/// <see cref="CaptureEvent.Skipped"/> the length of the stretch without audio.
/// </param>
/// <param name="CapturedAt">Timestamp of the stream's <see cref="TimeProvider"/> at which the last of these samples was captured.</param>
/// <param name="Reason">Of a gap.</param>
public readonly record struct CaptureRead(CaptureEvent Event, long Samples, long CapturedAt, GapReason Reason = default)
{
    /// <summary>What a source that goes on while it is muted gives: samples, or the same stretch with nothing in it.</summary>
    internal static CaptureRead Of(Span<float> samples, bool isMuted, long capturedAt)
    {
        if (isMuted)
        {
            samples.Clear();
        }

        return new CaptureRead(isMuted ? CaptureEvent.Skipped : CaptureEvent.Samples, samples.Length, capturedAt);
    }
}
