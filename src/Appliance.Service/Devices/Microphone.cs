using Appliance.Inference.Models;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Engines;
using Appliance.Speech.Capture;
using Appliance.Speech.Listening;
using Appliance.Speech.Recognition.Streaming;
using Appliance.Speech.Segmentation;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Devices;

/// <summary>
/// The microphone of the service: listens while it is wanted, with the settings in force, and begins anew after a fault or when they change.
/// Thread-safe.
/// </summary>
internal sealed class Microphone : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Func<ApplianceSettings> _settings;
    private readonly ModelPool _models;
    private readonly DeviceTurns _device;
    private readonly Func<bool, Task> _storeMute;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _changed = new(false);
    private volatile bool _isWanted = true;
    private volatile bool _isMuted;
    private volatile bool _restarts;
    private volatile bool _isPressed;
    private volatile Listener? _listener;
    private volatile ILiveAudio? _audio;
    private volatile string _state = "ended";
    private volatile string? _fault;

    /// <param name="settings">The settings in force.</param>
    /// <param name="models">The models.</param>
    /// <param name="device">The device that models run on.</param>
    /// <param name="isMuted">What was stored last.</param>
    /// <param name="storeMute">Stores it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of faults.</param>
    public Microphone(Func<ApplianceSettings> settings, ModelPool models, DeviceTurns device, bool isMuted, Func<bool, Task> storeMute, TimeProvider time, ILogger logger)
    {
        (_settings, _models, _device, _storeMute, _time, _logger) = (settings, models, device, storeMute, time, logger);
        _isMuted = isMuted;
    }

    /// <summary>Told of everything that is heard, one at a time, from two threads.</summary>
    public event Action<ListenEvent>? Heard;

    /// <summary>Called when the state has changed.</summary>
    public event Action? Changed;

    /// <summary>Whether somebody wants it to listen.</summary>
    public bool IsWanted
    {
        get => _isWanted;
        set
        {
            _isWanted = value;
            Wake();
        }
    }

    /// <summary>Whether it is muted.</summary>
    public bool IsMuted => _isMuted;

    /// <summary>capturing, muted, absent or ended.</summary>
    public string State => _state;

    /// <summary>Why it does not listen although it is wanted; null when it does.</summary>
    public string? Fault => _fault;

    /// <summary>Whether that is a model's fault.</summary>
    public bool IsModelFault { get; private set; }

    /// <summary>Level of the last 32 ms in dBFS.</summary>
    public float Decibels => _listener?.Decibels ?? -100;

    /// <summary>Mutes or unmutes it; stored before it is done, and before the next start.</summary>
    public async Task MuteAsync(bool isMuted)
    {
        // muting comes first, unmuting last: what is doubtful is silent
        if (isMuted)
        {
            Apply(true);
            await _storeMute(true);
        }
        else
        {
            await _storeMute(false);
            Apply(false);
        }
    }

    /// <summary>Presses or releases the push-to-talk button.</summary>
    public void Press(bool isPressed)
    {
        _isPressed = isPressed;
        if (_listener is not { } listener)
        {
            return;
        }

        if (isPressed)
        {
            listener.Press();
        }
        else
        {
            listener.Release();
        }
    }

    /// <summary>Begins anew with other settings.</summary>
    public void Restart()
    {
        _restarts = true;
        Wake();
    }

    /// <summary>Listens to the level for a time.</summary>
    /// <exception cref="JobException">There is no microphone, or it is muted.</exception>
    public async Task<MicrophoneTest> TestAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        if (_listener is null || _state != "capturing")
        {
            throw new JobException(ErrorCode.NoDevice, _isMuted ? "the microphone is muted: unmute it first"
                : _fault ?? $"the microphone is {_state}: connect one, or start listening");
        }

        float peak = -100;
        long started = _time.GetTimestamp();
        while (_time.GetElapsedTime(started) < duration)
        {
            peak = Math.Max(peak, Decibels);
            await Task.Delay(TimeSpan.FromMilliseconds(32), _time, cancellationToken);
        }

        return new MicrophoneTest(_audio?.Device, peak);
    }

    /// <summary>Listens until it is cancelled; on a thread of its own.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stop = cancellationToken.Register(Wake);
        TimeSpan pause = ShortestPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!_isWanted)
            {
                Become("ended", null);
                _changed.WaitOne();
                continue;
            }

            _restarts = false;
            try
            {
                ListenOnce(cancellationToken);
                pause = ShortestPause;
                if (_isWanted && !_restarts && !cancellationToken.IsCancellationRequested)
                {
                    // the source has ended: there is no more to hear until somebody asks for it
                    Become("ended", null);
                    _changed.WaitOne();
                }
            }
            catch (OperationCanceledException)
            {
                // the loop sees why
            }
            catch (Exception fault)
            {
                Log.ListeningFailed(_logger, JobFaults.Describe(fault).Message);
                IsModelFault = fault is ModelException;
                Become(fault is CaptureException ? "absent" : "ended", JobFaults.Describe(fault).Message);
                _changed.WaitOne(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    private void ListenOnce(CancellationToken cancellationToken)
    {
        ApplianceSettings settings = _settings();
        using SpeechLease lease = _models.RentSpeech(settings.Speech.Model);
        using SpeechLease? fallback = settings.Speech.FallbackModel is { } name ? _models.RentSpeech(name) : null;
        using SileroVad voiceActivity = _models.LoadVoiceActivity();
        using ILiveAudio audio = Open(settings.Capture);
        using Listener listener = new(new ListenerParts
        {
            Model = lease.Model,
            VoiceActivity = voiceActivity,
            FallbackModel = fallback is null ? null : () => fallback.Model,
            TakeTurn = token => _device.Take(DeviceTurns.RankOf(JobPriority.Interactive, isSpeech: true), token),
            Logger = _logger,
            Time = _time,
        }, OptionsOf(settings));
        if (_isPressed)
        {
            listener.Press();
        }

        (_audio, _listener) = (audio, listener);
        _fault = null;

        // it may have been muted since the source was opened
        audio.IsMuted = _isMuted;
        using CancellationTokenSource ended = new();

        // what was being said is still written down, unless that takes too long
        using CancellationTokenRegistration stop = cancellationToken.Register(() =>
        {
            listener.Stop();
            ended.CancelAfter(TimeSpan.FromSeconds(2.5));
        });
        try
        {
            if (!_isWanted || _restarts)
            {
                return;
            }

            listener.Run(audio, told =>
            {
                if (told is StateEvent state)
                {
                    Become(ListenEventJson.NameOf(state.State), null);
                }

                Heard?.Invoke(told);
            }, ended.Token);
        }
        finally
        {
            (_audio, _listener) = (null, null);
        }
    }

    private ILiveAudio Open(CaptureSettings capture) => CaptureSources.Find(capture.Source).Open(new CaptureOptions
    {
        Device = capture.Device,
        Channel = capture.Channel,
        Files = capture.File is { } file ? [file] : [],
        DeviceRoot = capture.DeviceRoot,
        WaitsForDevice = true,
        FallbackFile = ProductFiles.FindBundledClip(),
        StartsMuted = _isMuted,
        Logger = _logger,
        Time = _time,
    });

    private static ListenOptions OptionsOf(ApplianceSettings settings) => new()
    {
        Mode = settings.Capture.Mode,
        LevelThreshold = settings.Capture.LevelThreshold,
        Phrases = settings.Capture.Phrases,
        Recognition = new LiveRecognitionOptions
        {
            Language = settings.Speech.Language,
            Languages = settings.Speech.Languages,
            BeamSize = settings.Speech.BeamSize,
            InitialPrompt = settings.Speech.InitialPrompt,
            Hotwords = settings.Speech.Hotwords,
            Streaming = settings.Speech.Streaming,
        },
    };

    private void Apply(bool isMuted)
    {
        _isMuted = isMuted;
        if (_audio is { } audio)
        {
            audio.IsMuted = isMuted;
        }

        Changed?.Invoke();
    }

    private void Wake()
    {
        if (!_isWanted || _restarts)
        {
            _listener?.Stop();
        }

        _changed.Set();
    }

    private void Become(string state, string? fault)
    {
        bool changed = _state != state || _fault != fault;
        (_state, _fault) = (state, fault);
        if (changed)
        {
            Changed?.Invoke();
        }
    }
}
