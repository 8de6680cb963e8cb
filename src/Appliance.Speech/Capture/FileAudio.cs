namespace Appliance.Speech.Capture;

/// <summary>
/// Files as live audio. After each file stands a second of silence, so that the speech of two does not melt together and the last one
/// ends like any speech. By the clock, a reader that comes late gets all that is due: nothing is lost.
/// </summary>
internal sealed class FileAudio : ILiveAudio
{
    private const int SampleRateHz = 16000;
    private const int SilenceAfter = SampleRateHz;

    /// <summary>How long a reading waits for audio that is not due yet.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);

    private readonly AudioInput[] _inputs;
    private readonly double _pace;
    private readonly TimeProvider _time;
    private readonly PacedClock? _clock;
    private AudioDecoder? _decoder;
    private int _next;
    private int _silence;
    private long _position;
    private bool _isPresent;
    private volatile bool _isMuted;

    public FileAudio(AudioInput[] inputs, CaptureOptions options)
    {
        _inputs = inputs;
        _pace = options.Pace;
        _time = options.Time;
        _isMuted = options.StartsMuted;
        _clock = _pace > 0 ? new PacedClock(_time, SampleRateHz * _pace) : null;
        Device = inputs[0].Path;
    }

    /// <inheritdoc/>
    public string Source => "file";

    /// <inheritdoc/>
    public string? Device { get; private set; }

    /// <inheritdoc/>
    public bool IsPaced => _pace > 0;

    /// <inheritdoc/>
    public bool IsMuted
    {
        get => _isMuted;
        set => _isMuted = value;
    }

    /// <inheritdoc/>
    public CaptureRead Read(Span<float> samples, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isPresent)
        {
            _isPresent = true;
            _clock?.Start();
            return new CaptureRead(CaptureEvent.Present, 0, _time.GetTimestamp());
        }

        int due = samples.Length;
        if (_clock is not null)
        {
            due = (int)Math.Min(samples.Length, _clock.Due - _position);
            if (due <= 0)
            {
                _clock.WaitFor(_position + 1, Wait, cancellationToken);
                return new CaptureRead(CaptureEvent.Idle, 0, _time.GetTimestamp());
            }
        }

        int count = Next(samples[..due], cancellationToken);
        if (count == 0)
        {
            return new CaptureRead(CaptureEvent.Ended, 0, _time.GetTimestamp());
        }

        _position += count;
        long capturedAt = _clock?.TimestampOf(_position) ?? _time.GetTimestamp();
        return CaptureRead.Of(samples[..count], _isMuted, capturedAt);
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder?.Dispose();

    private int Next(Span<float> samples, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_silence > 0)
            {
                int count = Math.Min(_silence, samples.Length);
                samples[..count].Clear();
                _silence -= count;
                return count;
            }

            if (_decoder is null)
            {
                if (_next == _inputs.Length)
                {
                    return 0;
                }

                Device = _inputs[_next].Path;
                _decoder = Open(_inputs[_next++], cancellationToken);
            }

            int read = Read(_decoder, samples);
            if (read > 0)
            {
                return read;
            }

            _decoder.Dispose();
            _decoder = null;
            _silence = SilenceAfter;
        }
    }

    private static AudioDecoder Open(AudioInput input, CancellationToken cancellationToken)
    {
        try
        {
            return input.Open(cancellationToken);
        }
        catch (AudioInputException problem)
        {
            throw new CaptureException(CaptureError.BadFile, input.Path, problem.Message, problem);
        }
    }

    private static int Read(AudioDecoder decoder, Span<float> samples)
    {
        try
        {
            return decoder.Read(samples);
        }
        catch (AudioInputException problem)
        {
            throw new CaptureException(CaptureError.BadFile, problem.Path, problem.Message, problem);
        }
    }
}
