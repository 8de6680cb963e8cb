namespace Appliance.Speech.Segmentation;

/// <summary>
/// Cuts a live stream into segments, frame by frame: speech with a pre-roll opens one, a silence closes it, and where nobody pauses it is
/// cut at its quietest point. Allocates nothing; one thread.
/// </summary>
internal sealed class LiveSegmenter
{
    private const int None = -1;

    /// <summary>How long a first frame of speech waits for the others.</summary>
    private const int MostDoubtMs = 2000;

    private readonly LiveVadOptions _options;
    private readonly ISegmentTrigger _trigger;
    private readonly float _levelThreshold;
    private readonly ISegmentSink _sink;
    private readonly int _minSpeech;
    private readonly int _preRoll;
    private readonly int _pad;
    private readonly int _longest;
    private readonly int _mostDoubt;
    private readonly float[] _levels;
    private long _frame;
    private long _consumed;
    private long _start = None;
    private long _speech = None;
    private long _silence = None;
    private int _speechFrames;
    private bool _isOpen;

    /// <param name="options">Thresholds and durations.</param>
    /// <param name="trigger">The mode.</param>
    /// <param name="levelThreshold">The level that wakes, in dBFS, for the mode that asks for one.</param>
    /// <param name="sink">Told of the segments.</param>
    public LiveSegmenter(LiveVadOptions options, ISegmentTrigger trigger, float levelThreshold, ISegmentSink sink)
    {
        _options = options;
        _trigger = trigger;
        _levelThreshold = levelThreshold;
        _sink = sink;
        _minSpeech = LiveVadOptions.Frames(options.MinSpeechMs);
        _preRoll = LiveVadOptions.Frames(options.PreRollMs);
        _pad = LiveVadOptions.Frames(options.SpeechPadMs);
        _longest = LiveVadOptions.Frames(options.MaxSegmentMs);
        _mostDoubt = LiveVadOptions.Frames(MostDoubtMs);
        _levels = new float[_longest + 1];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.CommitMs, options.MaxSegmentMs, nameof(options));
    }

    /// <summary>True while a segment is open.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Takes the next frame of the timeline.</summary>
    /// <param name="probability">Of speech.</param>
    /// <param name="decibels">Its level in dBFS.</param>
    /// <param name="pressed">Whether the push-to-talk button is pressed.</param>
    public void Accept(float probability, float decibels, bool pressed)
    {
        bool isSpeech = probability >= _options.Threshold;
        if (_trigger.IsHeldOpen)
        {
            Hold(pressed);
        }

        Remember(decibels);
        if (isSpeech)
        {
            Hear(decibels, pressed);
        }
        else if (_start != None && probability < _options.NegativeThreshold && _silence == None)
        {
            _silence = _frame;
        }

        _frame++;
        if (_isOpen)
        {
            CloseWhenDue();
        }
        else if (_start != None && (_silence == None ? _frame - _speech >= _mostDoubt : _frame - _silence >= Silence(0)))
        {
            // a click, or a murmur that never became speech
            Forget();
        }
    }

    /// <summary>Passes frames without audio; an open segment must have been ended before.</summary>
    public void Skip(long frames)
    {
        Forget();
        _frame += frames;
        _consumed = _frame;
    }

    /// <summary>Ends the open segment here, if there is one.</summary>
    public void End(SegmentEnd reason)
    {
        if (_isOpen)
        {
            Close(_frame, reason);
        }
        else
        {
            Forget();
        }
    }

    /// <summary>The button opens and closes by itself.</summary>
    private void Hold(bool pressed)
    {
        if (pressed && !_isOpen)
        {
            _consumed = _frame;
            Begin(_frame, _frame, false);
            _isOpen = true;
            _sink.Open(_frame, _frame, false);
        }
        else if (!pressed && _isOpen)
        {
            Close(_frame, SegmentEnd.Released);
        }
    }

    private void Hear(float decibels, bool pressed)
    {
        if (_start == None)
        {
            if (!_trigger.MayOpen(decibels, _levelThreshold, pressed))
            {
                return;
            }

            Begin(Math.Max(_consumed, _frame - _preRoll), _frame, false);
        }

        _silence = None;
        _speechFrames++;
        if (!_isOpen && _speechFrames >= _minSpeech)
        {
            _isOpen = true;
            _sink.Open(_start, _speech, false);
        }
    }

    private void CloseWhenDue()
    {
        // 1. the silence is long enough; 2. the segment is as long as it may be
        long length = _frame - _start;
        if (_silence != None && _frame - _silence >= Silence(length) && (_trigger.ClosesOnSilence || length >= LiveVadOptions.Frames(_options.RelaxedMs)))
        {
            Close(Math.Min(_frame, _silence + _pad), SegmentEnd.Silence);
        }
        else if (length >= _longest)
        {
            Cut();
        }
    }

    /// <summary>Frames of silence that close a segment of that length.</summary>
    private int Silence(long length)
    {
        double over = (double)(length - LiveVadOptions.Frames(_options.RelaxedMs)) / LiveVadOptions.Frames(_options.CommitMs - _options.RelaxedMs);
        double milliseconds = _options.MinSilenceMs + (Math.Clamp(over, 0, 1) * (_options.LeastSilenceMs - _options.MinSilenceMs));
        return LiveVadOptions.Frames((int)milliseconds);
    }

    /// <summary>Parts the segment at its quietest point; what comes after is the beginning of the next one.</summary>
    private void Cut()
    {
        long cut = _start + Quietest(LiveVadOptions.Frames(_options.CommitMs), (int)(_frame - _start));
        int kept = (int)(_frame - cut);
        long from = _start;
        _sink.Close(cut, cut, SegmentEnd.Cut);
        _levels.AsSpan((int)(cut - from), kept).CopyTo(_levels);
        (_start, _speech, _consumed) = (cut, cut, cut);
        _silence = _silence >= cut ? _silence : None;
        _sink.Open(cut, cut, true);
    }

    /// <summary>The middle of the three quietest frames in a row, counted from the segment's start.</summary>
    private int Quietest(int from, int to)
    {
        int quietest = to - 1;
        float least = float.PositiveInfinity;
        for (int frame = from + 1; frame + 1 < to; frame++)
        {
            float level = _levels[frame - 1] + _levels[frame] + _levels[frame + 1];
            if (level <= least)
            {
                (least, quietest) = (level, frame);
            }
        }

        return quietest;
    }

    private void Close(long end, SegmentEnd reason)
    {
        long speechEnd = Math.Min(end, _silence == None ? _frame : _silence);
        Forget();
        _consumed = end;
        _sink.Close(end, speechEnd, reason);
    }

    private void Begin(long start, long speech, bool isOpen)
    {
        (_start, _speech, _silence, _speechFrames, _isOpen) = (start, speech, None, 0, isOpen);

        // the pre-roll is never cut, so its levels need not be known
        _levels.AsSpan(0, (int)(_frame - start)).Clear();
    }

    private void Forget() => (_start, _speech, _silence, _speechFrames, _isOpen) = (None, None, None, 0, false);

    private void Remember(float decibels)
    {
        if (_start != None && _frame - _start < _levels.Length)
        {
            _levels[_frame - _start] = decibels;
        }
    }
}
