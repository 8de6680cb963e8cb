using Appliance.Speech.Capture;
using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Listening;

/// <summary>
/// Takes audio from a source, frame by frame: onto the timeline, through voice activity detection, into segments, and asks for
/// recognition where it is due. In steady state it allocates nothing.
/// </summary>
internal sealed class CapturePump : ISegmentSink
{
    /// <summary>A longer stretch without audio is not shown to the detector sample by sample.</summary>
    private const long MostShownSilence = 2L * SileroVad.SampleRateHz;

    private readonly ILiveAudio _audio;
    private readonly ListenRun _run;
    private readonly IVoiceActivity _activity;
    private readonly LiveSegmenter _segmenter;
    private readonly PartialSchedule _schedule = new();
    private readonly Func<bool> _recognitionHasStopped;
    private readonly int _commitFrames;
    private readonly float[] _block = new float[4096];
    private readonly float[] _frame = new float[SileroVad.FrameSamples];
    private int _filled;
    private long _position;
    private long _capturedAt;
    private int _segments;
    private LiveSegment? _open;
    private ListenState? _state;
    private double _reportedSeconds;
    private OverloadMeasure _reportedMeasure;
    private volatile bool _isPressed;
    private volatile float _decibels = Level.Silence;

    /// <param name="audio">The source.</param>
    /// <param name="run">What the threads share.</param>
    /// <param name="activity">The detector.</param>
    /// <param name="options">Mode and durations.</param>
    /// <param name="recognitionHasStopped">True once the other thread has ended, so that nobody waits for it.</param>
    public CapturePump(ILiveAudio audio, ListenRun run, IVoiceActivity activity, ListenOptions options, Func<bool> recognitionHasStopped)
    {
        _audio = audio;
        _run = run;
        _activity = activity;
        _recognitionHasStopped = recognitionHasStopped;
        _segmenter = new LiveSegmenter(options.Segmentation, SegmentTriggers.Find(options.Mode), (float)options.LevelThreshold, this);
        _commitFrames = LiveVadOptions.Frames(options.Segmentation.CommitMs);
        _activity.Reset();
    }

    /// <summary>Whether the push-to-talk button is pressed; from any thread.</summary>
    public bool IsPressed
    {
        get => _isPressed;
        set => _isPressed = value;
    }

    /// <summary>Level of the last frame in dBFS; from any thread.</summary>
    public float Decibels => _decibels;

    /// <summary>True while a segment is open; from any thread.</summary>
    public bool IsSegmentOpen => Volatile.Read(ref _open) is not null;

    /// <summary>Reads once.</summary>
    /// <returns>False when the source has ended.</returns>
    public bool Step(CancellationToken cancellationToken)
    {
        CaptureRead read = _audio.Read(_block, cancellationToken);
        switch (read.Event)
        {
            case CaptureEvent.Samples:
                _capturedAt = read.CapturedAt;
                _position += read.Samples;
                Take(_block.AsSpan(0, (int)read.Samples));
                break;
            case CaptureEvent.Gap:
                double start = Seconds(_position);
                Miss(read);
                _run.Publish(new GapEvent(_run.Source, start, Seconds(_position), read.Reason));
                break;
            case CaptureEvent.Skipped:
                Miss(read);
                break;
            case CaptureEvent.Absent:
                _segmenter.End(SegmentEnd.Unplugged);
                Tell(ListenState.Absent);
                break;
            case CaptureEvent.Present:
                Tell(_audio.IsMuted ? ListenState.Muted : ListenState.Capturing);
                break;
            case CaptureEvent.Ended:
                return false;
            default:
                break;
        }

        FollowMute(read.Event);
        ReportBacklog();
        return true;
    }

    /// <summary>Ends the open segment: nothing more will come.</summary>
    public void Finish()
    {
        if (_filled > 0)
        {
            _frame.AsSpan(_filled).Clear();
            _position += _frame.Length - _filled;
            AcceptFrame();
        }

        _segmenter.End(SegmentEnd.Stopped);
    }

    /// <summary>Tells of a state, once.</summary>
    public void Tell(ListenState state)
    {
        if (_state != state)
        {
            _state = state;
            _run.Publish(new StateEvent(_run.Source, state, _audio.Device));
        }
    }

    /// <inheritdoc/>
    public void Open(long start, long speech, bool continues)
    {
        Volatile.Write(ref _open, new LiveSegment(_segments++, start, continues));
        _schedule.Open(speech);
    }

    /// <inheritdoc/>
    public void Close(long end, long speechEnd, SegmentEnd reason)
    {
        LiveSegment segment = _open!;
        Volatile.Write(ref _open, null);
        segment.End = end;
        segment.Reason = reason;
        double age = Seconds(_position) - LiveSegment.Seconds(speechEnd);
        segment.SpeechEndedAt = _capturedAt - (long)(age * _run.Time.TimestampFrequency);
        _run.Queue.OfferFinal(segment);
        Wait();
    }

    private void Take(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            int taken = Math.Min(samples.Length, _frame.Length - _filled);
            samples[..taken].CopyTo(_frame.AsSpan(_filled));
            _filled += taken;
            samples = samples[taken..];
            if (_filled == _frame.Length)
            {
                AcceptFrame();
            }
        }
    }

    private void AcceptFrame()
    {
        _filled = 0;
        float decibels = Level.Decibels(_frame);
        float probability = _activity.Next(_frame, decibels);
        _run.History.Append(_frame, probability);
        _decibels = decibels;
        _segmenter.Accept(probability, decibels, _isPressed);
        LookWhenDue();
    }

    private void LookWhenDue()
    {
        if (_open is not { } segment || !_schedule.IsDue(_run.History.Frames, segment.Start, _run.Overload.Interval) || !_run.Overload.AllowsPartials)
        {
            return;
        }

        long end = _run.History.Frames;
        bool isTaken = _run.Queue.OfferPartial(segment, end, end - segment.Start < _commitFrames);
        if (_run.IsRealTime)
        {
            _run.Overload.PartialDue(isTaken);
        }

        Wait();
    }

    /// <summary>A source that does not run by the clock waits for recognition, so that its text depends on nothing else.</summary>
    private void Wait()
    {
        if (!_run.IsRealTime)
        {
            _run.Queue.WaitUntilIdle(_recognitionHasStopped);
        }
    }

    /// <summary>Places a stretch without audio on the timeline.</summary>
    private void Miss(CaptureRead read)
    {
        _capturedAt = read.CapturedAt;
        _position += read.Samples;
        long left = ShowSilence(Math.Min(read.Samples, MostShownSilence), read.Samples);
        long frames = left / SileroVad.FrameSamples;
        if (frames > 0)
        {
            // whatever was open has been silent for two seconds
            _segmenter.End(SegmentEnd.Stopped);
            _run.History.AppendSilence(frames);
            _segmenter.Skip(frames);
            _activity.Reset();
        }

        ShowSilence(left % SileroVad.FrameSamples, left % SileroVad.FrameSamples);
    }

    /// <summary>Shows silence up to at least so many samples, and on to a whole frame as far as there is more.</summary>
    /// <returns>Samples that are left of all.</returns>
    private long ShowSilence(long samples, long all)
    {
        while (samples > 0 || (_filled > 0 && all > 0))
        {
            int taken = (int)Math.Min(all, _frame.Length - _filled);
            _frame.AsSpan(_filled, taken).Clear();
            _filled += taken;
            samples -= taken;
            all -= taken;
            if (_filled == _frame.Length)
            {
                AcceptFrame();
            }
        }

        return all;
    }

    private void FollowMute(CaptureEvent last)
    {
        // what was captured before the mute may still be read
        if (_audio.IsMuted && last is not CaptureEvent.Samples && _state is ListenState.Capturing)
        {
            _segmenter.End(SegmentEnd.Stopped);
            _decibels = Level.Silence;
            Tell(ListenState.Muted);
        }
        else if (!_audio.IsMuted && _state is ListenState.Muted)
        {
            Tell(ListenState.Capturing);
        }
    }

    private void ReportBacklog()
    {
        if (!_run.IsRealTime)
        {
            return;
        }

        double seconds = _run.Queue.OldestWaitingEnd is long end ? Math.Max(0, Seconds(_position) - LiveSegment.Seconds(end)) : 0;
        _run.Overload.Behind(seconds);
        OverloadMeasure measure = _run.Overload.Measure;
        if (measure != _reportedMeasure || Math.Abs(seconds - _reportedSeconds) >= 5)
        {
            (_reportedMeasure, _reportedSeconds) = (measure, seconds);
            string name = OverloadNames.Of(measure);
            Log.Overload(_run.Logger, seconds, name);
            _run.Publish(new BacklogEvent(_run.Source, seconds, name));
        }
    }

    private static double Seconds(long samples) => samples / (double)SileroVad.SampleRateHz;
}
