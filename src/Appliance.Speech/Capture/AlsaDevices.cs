using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>The microphones that ALSA knows.</summary>
internal sealed class AlsaDevices : ICaptureDevices
{
    /// <inheritdoc/>
    public IReadOnlyList<CaptureDeviceInfo> List() => CaptureDevice.List();

    /// <inheritdoc/>
    public ICaptureDevice Open(string name, CaptureDeviceOptions options) => new Opened(CaptureDevice.Open(name, options));

    private sealed class Opened(CaptureDevice device) : ICaptureDevice
    {
        public int SampleRateHz => device.SampleRateHz;

        public CaptureStatistics Statistics => device.Statistics;

        public CaptureDeviceRead Read(Span<float> samples, int timeoutMs) => device.Read(samples, timeoutMs);

        public void SetMuted(bool muted) => device.SetMuted(muted);

        public void Dispose() => device.Dispose();
    }
}
