using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>
/// A microphone as live audio. One that goes away is waited for and opened again by its stable name, whatever number its card has then; the
/// time between is a gap of the timeline.
/// </summary>
internal sealed class AlsaAudio : ILiveAudio
{
    private const int SampleRateHz = 16000;
    private const int WaitMs = 100;

    /// <summary>A rate that is further off than this part is worth a warning (control-plane.md §5.2).</summary>
    private const double RateTolerance = 0.02;

    /// <summary>How often a device that is away is looked for without any sign of it.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly ICaptureDevices _devices;
    private readonly CaptureOptions _options;
    private readonly TimeProvider _time;
    private readonly DeviceFolderWatch _watch;
    private readonly Lock _gate = new();
    private ICaptureDevice? _device;
    private string? _name;
    private volatile bool _isMuted;
    private bool _isPresent;
    private bool _isAbsent;
    private bool _isWarned;
    private long _lookedAt;
    private long _capturedAt;
    private CaptureRead? _next;
    private string? _reason;

    public AlsaAudio(ICaptureDevices devices, CaptureOptions options)
    {
        _devices = devices;
        _options = options;
        _time = options.Time;
        _isMuted = options.StartsMuted;
        _watch = new DeviceFolderWatch(options.DeviceRoot);
        _capturedAt = _time.GetTimestamp();
    }

    /// <inheritdoc/>
    public string Source => "alsa";

    /// <inheritdoc/>
    public string? Device => _name;

    /// <inheritdoc/>
    public bool IsPaced => true;

    /// <inheritdoc/>
    public bool IsMuted
    {
        get => _isMuted;
        set
        {
            lock (_gate)
            {
                _isMuted = value;
                Mute(value);
            }
        }
    }

    /// <summary>Opens the device.</summary>
    /// <exception cref="CaptureException">It can't be used.</exception>
    public void OpenNow()
    {
        IReadOnlyList<CaptureDeviceInfo> there = _devices.List();
        string name = DeviceNames.Resolve(_options.Device, _name, _options.DeviceRoot, there) ?? throw CaptureFaults.Missing(_options.Device, there);
        lock (_gate)
        {
            try
            {
                _device = _devices.Open(name, new CaptureDeviceOptions { Channel = _options.Channel, StartsMuted = _isMuted });
            }
            catch (NativeException fault)
            {
                throw CaptureFaults.Of(name, fault, there);
            }

            _name = name;
        }

        (_isWarned, _reason) = (false, null);
    }

    /// <inheritdoc/>
    public CaptureRead Read(Span<float> samples, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_next is { } next)
        {
            _next = null;
            return next;
        }

        return _device is { } device ? Read(device, samples) : Look(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        Close();
    }

    private CaptureRead Read(ICaptureDevice device, Span<float> samples)
    {
        if (!_isPresent)
        {
            return Appear();
        }

        if (_watch.TakeChange() && IsNoLongerListed(_name!))
        {
            // some drivers take seconds to say so themselves
            return Lose();
        }

        CaptureDeviceRead read = device.Read(samples, WaitMs);
        switch (read.Event)
        {
            case CaptureDeviceEvent.Samples:
                _capturedAt = read.CapturedNs;
                WarnOnce(device);
                return new CaptureRead(CaptureEvent.Samples, read.Count, read.CapturedNs);
            case CaptureDeviceEvent.Lost:
                _capturedAt = read.CapturedNs;
                return new CaptureRead(CaptureEvent.Gap, read.Count, read.CapturedNs, GapReason.Xrun);
            case CaptureDeviceEvent.Muted:
                _capturedAt = read.CapturedNs;
                return new CaptureRead(CaptureEvent.Skipped, read.Count, read.CapturedNs);
            case CaptureDeviceEvent.Gone:
                return Lose();
            default:
                return new CaptureRead(CaptureEvent.Idle, 0, read.CapturedNs);
        }
    }

    private bool IsNoLongerListed(string name) => DeviceNames.IsListed(name) && _devices.List().All(known => known.Name != name);

    /// <summary>The device is there: tells so, and of the gap before when it was away.</summary>
    private CaptureRead Appear()
    {
        _isPresent = true;
        long now = _time.GetTimestamp();
        CaptureRead present = new(CaptureEvent.Present, 0, now);
        long missed = (long)(_time.GetElapsedTime(_capturedAt, now).TotalSeconds * SampleRateHz);
        _capturedAt = now;
        bool wasAbsent = _isAbsent;
        _isAbsent = false;
        if (!wasAbsent || missed <= 0)
        {
            return present;
        }

        _next = present;
        return new CaptureRead(CaptureEvent.Gap, missed, now, GapReason.Unplugged);
    }

    private CaptureRead Lose()
    {
        Close();
        Log.DeviceLost(_options.Logger, _name!);
        _isPresent = false;
        _lookedAt = _time.GetTimestamp();
        return TellAbsence();
    }

    private CaptureRead TellAbsence()
    {
        _isAbsent = true;
        return new CaptureRead(CaptureEvent.Absent, 0, _time.GetTimestamp());
    }

    private CaptureRead Look(CancellationToken cancellationToken)
    {
        if (!_watch.TakeChange() && _lookedAt != 0 && _time.GetElapsedTime(_lookedAt) < LookInterval)
        {
            cancellationToken.WaitHandle.WaitOne(WaitMs / 2);
            return new CaptureRead(CaptureEvent.Idle, 0, _time.GetTimestamp());
        }

        _lookedAt = _time.GetTimestamp();
        try
        {
            OpenNow();
            Log.DeviceBack(_options.Logger, _name!);
            return Appear();
        }
        catch (CaptureException fault) when (fault.Error is not CaptureError.BadRequest)
        {
            if (fault.Message != _reason)
            {
                _reason = fault.Message;
                Log.DeviceAway(_options.Logger, fault.Message);
            }

            return _isAbsent ? new CaptureRead(CaptureEvent.Idle, 0, _time.GetTimestamp()) : TellAbsence();
        }
    }

    private void WarnOnce(ICaptureDevice device)
    {
        if (_isWarned)
        {
            return;
        }

        CaptureStatistics statistics = device.Statistics;
        double measured = statistics.MeasuredRateHz;
        if (statistics.CancelledChannels)
        {
            _isWarned = true;
            Log.ChannelsCancel(_options.Logger, _name!, statistics.ChannelUsed ?? 0);
        }
        else if (measured > 0)
        {
            _isWarned = true;
            if (Math.Abs((measured / device.SampleRateHz) - 1) > RateTolerance)
            {
                Log.RateIsOff(_options.Logger, _name!, device.SampleRateHz, measured);
            }
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            _device?.Dispose();
            _device = null;
        }
    }

    private void Mute(bool muted)
    {
        try
        {
            _device?.SetMuted(muted);
        }
        catch (NativeException fault)
        {
            // a device that does not stop must not be heard: without it there is nothing to hear
            Log.MuteFailed(_options.Logger, fault.Message);
            Close();
            _isPresent = false;
        }
    }
}
