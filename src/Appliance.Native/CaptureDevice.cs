using Appliance.Native.Interop;

namespace Appliance.Native;

/// <summary>
/// A microphone (ALSA), read by a native thread into 30 s of memory, pulled as 16 kHz mono. One thread reads; muting and statistics are for
/// any thread.
/// </summary>
public sealed unsafe class CaptureDevice : IDisposable
{
    private const int ListBytes = 16384;

    private readonly CaptureHandle _capture;

    private CaptureDevice(string name, CaptureHandle capture)
    {
        Name = name;
        _capture = capture;
        CaptureInfo info = CaptureInfo.Create();
        NativeException.ThrowIfFailed(NativeMethods.CaptureGetInfo(capture, ref info), name);
        SampleRateHz = info.SampleRateHz;
    }

    /// <summary>The ALSA name that it was opened by.</summary>
    public string Name { get; }

    /// <summary>The rate that the device runs at.</summary>
    public int SampleRateHz { get; }

    /// <summary>What was met so far.</summary>
    public CaptureStatistics Statistics
    {
        get
        {
            CaptureStatisticsData data = CaptureStatisticsData.Create();
            NativeException.ThrowIfFailed(NativeMethods.CaptureGetStatistics(_capture, ref data), Name);
            return new CaptureStatistics
            {
                ChannelUsed = data.ChannelUsed < 0 ? null : data.ChannelUsed,
                CancelledChannels = data.CancelledChannels != 0,
                IsRealtime = data.IsRealtime != 0,
                CapturedFrames = data.CapturedFrames,
                LostFrames = data.LostFrames,
                Xruns = data.Xruns,
                Suspends = data.Suspends,
                Stalls = data.Stalls,
                RingOverruns = data.RingOverruns,
                MeasuredRateHz = data.MeasuredRateMhz / 1000.0,
            };
        }
    }

    /// <summary>All devices that can capture.</summary>
    public static IReadOnlyList<CaptureDeviceInfo> List()
    {
        NativeLibraryLoader.EnsureLoaded();
        byte[] text = new byte[ListBytes];
        fixed (byte* pointer = text)
        {
            NativeException.ThrowIfFailed(NativeMethods.CaptureList(pointer, text.Length, out _));
        }

        return [.. NativeText.Decode(text).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(CaptureDeviceInfo.Parse)];
    }

    /// <summary>Opens a device and starts to capture, unless muted.</summary>
    /// <exception cref="NativeException">The status says why it can't be used.</exception>
    public static CaptureDevice Open(string name, CaptureDeviceOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        NativeLibraryLoader.EnsureLoaded();
        CaptureConfig config = CaptureConfig.Create();
        config.Channel = options.Channel ?? -1;
        config.Muted = options.StartsMuted ? 1 : 0;
        int status = NativeMethods.CaptureOpen(name, config, out CaptureHandle capture);
        try
        {
            NativeException.ThrowIfFailed(status, name);
            return new CaptureDevice(name, capture);
        }
        catch
        {
            capture.Dispose();
            throw;
        }
    }

    /// <summary>Waits for what comes next on the timeline. Allocates nothing.</summary>
    /// <param name="samples">Room for at least 512 samples.</param>
    /// <param name="timeoutMs">Longest wait.</param>
    public CaptureDeviceRead Read(Span<float> samples, int timeoutMs)
    {
        CaptureResult result = CaptureResult.Create();
        fixed (float* pointer = samples)
        {
            NativeException.ThrowIfFailed(NativeMethods.CaptureRead(_capture, pointer, samples.Length, timeoutMs, ref result), Name);
        }

        return new CaptureDeviceRead((CaptureDeviceEvent)result.Event, result.Count, result.CapturedNs, result.Error);
    }

    /// <summary>Mutes or unmutes; when muting returns, the device is stopped.</summary>
    /// <exception cref="NativeException">It did not stop.</exception>
    public void SetMuted(bool muted) => NativeException.ThrowIfFailed(NativeMethods.CaptureSetMuted(_capture, muted ? 1 : 0), Name);

    /// <inheritdoc/>
    public void Dispose() => _capture.Dispose();
}
