using System.Buffers.Binary;
using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>
/// Raw samples from a pipe as live audio. By the clock they are taken no faster than they were said: a writer that is faster waits, nothing
/// is lost; one that is slower sets the pace.
/// </summary>
internal sealed class StdinAudio : ILiveAudio
{
    private const int OutputRateHz = 16000;
    private const int BlockFrames = 1024;

    /// <summary>A writer whose clock runs this part faster than ours is still kept up with.</summary>
    private const double Slack = 1.01;

    /// <summary>What may be ahead of the clock, in seconds: a writer's block.</summary>
    private const double MostAhead = 0.1;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PaceWait = TimeSpan.FromMilliseconds(10);

    private readonly CaptureOptions _options;
    private readonly PipeReader _pipe;
    private readonly Resampler _resampler;
    private readonly int _frameBytes;
    private readonly byte[] _bytes;
    private readonly float[] _mono = new float[BlockFrames];
    private int _monoStart;
    private int _monoCount;
    private bool _hasBegun;
    private bool _isEnding;
    private long _start;
    private double _allowed;
    private long _given;
    private volatile bool _isMuted;

    public StdinAudio(CaptureOptions options)
    {
        _options = options;
        _isMuted = options.StartsMuted;
        _frameBytes = options.RawChannels * sizeof(short);
        _bytes = new byte[BlockFrames * _frameBytes];
        _resampler = new Resampler(options.RawRateHz);
        _pipe = new PipeReader(options.RawInput!, Math.Max(options.RawRateHz, OutputRateHz) * _frameBytes);
    }

    /// <inheritdoc/>
    public string Source => "stdin";

    /// <inheritdoc/>
    public string? Device => null;

    /// <inheritdoc/>
    public bool IsPaced => _options.Pace > 0;

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
        if (!_hasBegun)
        {
            _hasBegun = true;
            _start = Now;
            return new CaptureRead(CaptureEvent.Present, 0, Now);
        }

        int due = Due(samples.Length);
        if (due == 0)
        {
            cancellationToken.WaitHandle.WaitOne(PaceWait);
            return new CaptureRead(CaptureEvent.Idle, 0, Now);
        }

        int count = Next(samples[..due]);
        if (count <= 0)
        {
            return new CaptureRead(count < 0 ? CaptureEvent.Ended : CaptureEvent.Idle, 0, Now);
        }

        _given += count;
        return CaptureRead.Of(samples[..count], _isMuted, Now);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipe.Dispose();
        _resampler.Dispose();
    }

    private long Now => _options.Time.GetTimestamp();

    /// <summary>Samples that may be given now. What a slow writer left unused is forgotten, so that it can't be made up for in a rush.</summary>
    private int Due(int room)
    {
        if (_options.Pace == 0)
        {
            return room;
        }

        long now = Now;
        _allowed += _options.Time.GetElapsedTime(_start, now).TotalSeconds * OutputRateHz * _options.Pace * Slack;
        _start = now;
        _allowed = Math.Min(_allowed, _given + (MostAhead * OutputRateHz));
        return (int)Math.Clamp(_allowed - _given, 0, room);
    }

    /// <returns>Samples; 0 when none came in time, -1 at the end.</returns>
    private int Next(Span<float> samples)
    {
        while (true)
        {
            if (_isEnding)
            {
                int rest = _resampler.Finish(samples);
                return rest > 0 ? rest : -1;
            }

            if (_monoCount == 0 && !Fill())
            {
                if (!_isEnding)
                {
                    return 0;
                }

                continue;
            }

            int count = _resampler.Process(_mono.AsSpan(_monoStart, _monoCount), samples, out int taken);
            _monoStart += taken;
            _monoCount -= taken;
            if (count > 0)
            {
                return count;
            }
        }
    }

    private bool Fill()
    {
        int bytes = _pipe.Read(_bytes, _frameBytes, Wait);
        if (bytes < 0)
        {
            _isEnding = true;
            if (_pipe.Remainder > 0)
            {
                Log.CutFrame(_options.Logger, _pipe.Remainder);
            }

            return false;
        }

        int frames = bytes / _frameBytes;
        for (int frame = 0; frame < frames; frame++)
        {
            _mono[frame] = Mix(_bytes.AsSpan(frame * _frameBytes, _frameBytes));
        }

        (_monoStart, _monoCount) = (0, frames);
        return frames > 0;
    }

    private float Mix(ReadOnlySpan<byte> frame)
    {
        if (_options.Channel is int channel)
        {
            return BinaryPrimitives.ReadInt16LittleEndian(frame[(channel * sizeof(short))..]) / 32768f;
        }

        int sum = 0;
        for (int i = 0; i < frame.Length; i += sizeof(short))
        {
            sum += BinaryPrimitives.ReadInt16LittleEndian(frame[i..]);
        }

        return sum / (32768f * _options.RawChannels);
    }
}
