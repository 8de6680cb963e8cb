using Appliance.Native;
using Appliance.Speech.Capture;

namespace Appliance.Speech.Tests.Capture;

internal sealed class FakeDevice : ICaptureDevice
{
    public Queue<CaptureDeviceRead> Reads { get; } = new();

    public bool IsGone { get; set; }

    public bool IsMuted { get; set; }

    public bool IsDisposed { get; private set; }

    public bool RefusesToMute { get; set; }

    public double MeasuredRateHz { get; init; }

    public int SampleRateHz => 16000;

    public CaptureStatistics Statistics => new()
    {
        ChannelUsed = null,
        CancelledChannels = false,
        IsRealtime = true,
        CapturedFrames = 0,
        LostFrames = 0,
        Xruns = 0,
        Suspends = 0,
        Stalls = 0,
        RingOverruns = 0,
        MeasuredRateHz = MeasuredRateHz,
    };

    public CaptureDeviceRead Read(Span<float> samples, int timeoutMs)
    {
        if (Reads.TryDequeue(out CaptureDeviceRead read))
        {
            return read;
        }

        return new CaptureDeviceRead(IsGone ? CaptureDeviceEvent.Gone : CaptureDeviceEvent.Idle, 0, 0, 19);
    }

    public void SetMuted(bool muted)
    {
        if (RefusesToMute)
        {
            throw new NativeException(NativeStatus.DeviceFailed, "it does not stop", "fake");
        }

        IsMuted = muted;
    }

    public void Dispose() => IsDisposed = true;
}
