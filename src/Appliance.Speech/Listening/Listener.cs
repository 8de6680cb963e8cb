using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Firewall;
using Appliance.Speech.Recognition.Streaming;
using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Listening;

/// <summary>
/// Listens to a source: capture, segmentation, recognition as it goes on, and only text that passed the firewall. The thread that calls
/// <see cref="Run"/> takes audio, a second one recognises, so that no inference ever keeps audio waiting.
/// </summary>
public sealed class Listener : IDisposable
{
    private readonly ListenerParts _parts;
    private readonly ListenOptions _options;
    private readonly IVoiceActivity _activity;
    private readonly RecognizerChoice _recognizers;
    private volatile CapturePump? _pump;
    private volatile bool _isPressed;
    private volatile bool _isStopping;

    /// <summary>Prepares to listen.</summary>
    /// <exception cref="ArgumentException">An option is wrong; the message says which.</exception>
    public Listener(ListenerParts parts, ListenOptions options)
        : this(parts, options, Recognizers(parts, options))
    {
    }

    /// <summary>As the other one, with recognisers of the caller's; owned from here on.</summary>
    internal Listener(ListenerParts parts, ListenOptions options, RecognizerChoice recognizers)
    {
        SegmentTriggers.Find(options.Mode);
        _parts = parts;
        _options = options;
        _recognizers = recognizers;
        _activity = parts.VoiceActivity is { } vad ? new SileroActivity(vad) : new EnergyActivity();
    }

    /// <summary>Level of the last 32 ms in dBFS, -100 at silence; from any thread.</summary>
    public float Decibels => _pump?.Decibels ?? Level.Silence;

    /// <summary>True while a segment is open; from any thread.</summary>
    public bool IsHearingSpeech => _pump?.IsSegmentOpen ?? false;

    /// <summary>Listens until the source has ended or <see cref="Stop"/> was called, and all text is out. Called once.</summary>
    /// <param name="audio">The source; not owned.</param>
    /// <param name="publish">Told of everything, one event at a time, from two threads.</param>
    /// <param name="cancellationToken">Ends it at once; text that is not out is lost.</param>
    /// <exception cref="CaptureException">The source can't be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(ILiveAudio audio, Action<ListenEvent> publish, CancellationToken cancellationToken)
    {
        using RecognitionQueue queue = new();
        ListenRun run = new()
        {
            Source = audio.Source,
            IsRealTime = audio.IsPaced,
            History = new AudioHistory(LiveVadOptions.Frames((int)((_options.BacklogSeconds * 1000) + _options.Segmentation.MaxSegmentMs)) + 1),
            Queue = queue,
            Overload = new OverloadPolicy(_recognizers.HasFallback),
            Publish = new EventPublisher(_options.Phrases.Count > 0 ? new PhraseGate(_options.Phrases, publish).Pass : publish).Publish,
            Recorder = _parts.Recorder,
            TakeTurn = _parts.TakeTurn,
            Time = _parts.Time,
            Logger = _parts.Logger,
        };
        RecognitionThread recognition = new(run, new RecognitionWorker(run, _recognizers, LiveVadOptions.Frames(_options.Segmentation.MaxSegmentMs) + 1), cancellationToken);
        try
        {
            CapturePump pump = new(audio, run, _activity, _options, () => recognition.HasEnded) { IsPressed = _isPressed };
            _pump = pump;
            while (!_isStopping && !recognition.HasEnded && pump.Step(cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            pump.Finish();
            queue.Complete();
            recognition.Join();
            cancellationToken.ThrowIfCancellationRequested();
            recognition.Fault?.Throw();
            pump.Tell(ListenState.Ended);
        }
        finally
        {
            _pump = null;
            queue.Abandon();
            recognition.Join();
            run.History.Clear();
        }
    }

    /// <summary>Ends the run as if the source had ended: what was heard is still recognised. From any thread.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>Presses the push-to-talk button. From any thread.</summary>
    public void Press() => Press(true);

    /// <summary>Releases the push-to-talk button. From any thread.</summary>
    public void Release() => Press(false);

    /// <inheritdoc/>
    public void Dispose() => _recognizers.Dispose();

    private void Press(bool isPressed)
    {
        _isPressed = isPressed;
        if (_pump is { } pump)
        {
            pump.IsPressed = isPressed;
        }
    }

    private static RecognizerChoice Recognizers(ListenerParts parts, ListenOptions options)
    {
        ILiveRecognizer Make(WhisperModel model) => new LiveRecognizer(model, HallucinationFirewall.For(model), options.Recognition);
        return new RecognizerChoice(Make(parts.Model), parts.FallbackModel is { } load ? () => Make(load()) : null);
    }
}
