using System.Text.Json.Nodes;
using Appliance.Native;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;
using Appliance.Service.Mqtt.Commands;

namespace Appliance.Service.Mqtt.AudioIn;

/// <summary>A recording that comes in chunks, in memory only. Chunks that come twice are taken once; what is missing is filled with silence and counted.</summary>
internal sealed class AudioStream : IDisposable
{
    private const double LongestSeconds = 2 * 3600;
    private const int SampleBytes = 2;

    private readonly StreamFormat _format;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly MemoryFile _file = new();
    private long _lastChunk;
    private long _next;
    private long _missing;
    private bool _isGivenAway;

    /// <param name="job">The job that it is for.</param>
    /// <param name="parameters">The job's parameters.</param>
    /// <param name="format">What the chunks hold.</param>
    /// <param name="time">The clock.</param>
    public AudioStream(string job, JsonObject parameters, StreamFormat format, TimeProvider time)
    {
        (Job, Parameters, _format, _time) = (job, parameters, format, time);
        _begun = _lastChunk = time.GetTimestamp();
        if (IsPcm)
        {
            _file.Append(WaveHead.Of(format.RateHz, format.Channels, 0));
        }
    }

    /// <summary>The job that it is for.</summary>
    public string Job { get; }

    /// <summary>The job's parameters.</summary>
    public JsonObject Parameters { get; }

    /// <summary>Bytes in memory.</summary>
    public long Bytes => _file.Length;

    /// <summary>Time since the last chunk came.</summary>
    public TimeSpan Idle => _time.GetElapsedTime(_lastChunk);

    /// <summary>Time since it was begun.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_begun);

    /// <summary>Whether there is no content.</summary>
    public bool IsEmpty => _next == 0;

    private bool IsPcm => _format.Codec == "pcm";

    private int UnitBytes => IsPcm ? SampleBytes * _format.Channels : 1;

    /// <summary>Takes a chunk.</summary>
    /// <exception cref="JobException">It can't be: the stream is over.</exception>
    public void Add(AudioChunk chunk, ReadOnlySpan<byte> content)
    {
        _lastChunk = _time.GetTimestamp();
        content = content[..(content.Length / UnitBytes * UnitBytes)];
        long offset = chunk.Offset;
        if (offset < _next)
        {
            // QoS 1 may bring a chunk twice
            long known = Math.Min((_next - offset) * UnitBytes, content.Length);
            content = content[(int)known..];
            offset = _next;
        }

        if (content.IsEmpty)
        {
            return;
        }

        if (offset > _next)
        {
            Fill(offset - _next);
        }

        if (_next == 0 && !IsPcm)
        {
            AudioKinds.Check(content);
        }

        Room(content.Length);
        _file.Append(content);
        _next = offset + (content.Length / UnitBytes);
    }

    /// <summary>The recording, all of it; owned by the caller from here on.</summary>
    public JobAudio Complete()
    {
        if (IsPcm)
        {
            _file.Overwrite(0, WaveHead.Of(_format.RateHz, _format.Channels, _file.Length - WaveHead.Bytes));
        }

        _isGivenAway = true;
        return new JobAudio(_file) { MissingMs = IsPcm ? _missing * 1000 / _format.RateHz : _missing > 0 ? 1 : 0 };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isGivenAway)
        {
            _file.Dispose();
        }
    }

    private void Fill(long missing)
    {
        if (!IsPcm)
        {
            // a coded stream with a hole is read up to the hole, or past it where the format allows that
            _missing += missing;
            return;
        }

        Room(missing * UnitBytes);
        _missing += missing;
        Span<byte> silence = stackalloc byte[4096];
        silence.Clear();
        for (long left = missing * UnitBytes; left > 0; left -= silence.Length)
        {
            _file.Append(silence[..(int)Math.Min(left, silence.Length)]);
        }
    }

    private void Room(long bytes)
    {
        long most = IsPcm ? (long)(LongestSeconds * _format.RateHz * UnitBytes) : AudioStreams.MostBytes;
        if (_file.Length + bytes > Math.Min(most, AudioStreams.MostBytes))
        {
            throw new JobException(ErrorCode.TooLarge, FormattableString.Invariant($"the stream is longer than {LongestSeconds / 3600:0} hours or {AudioStreams.MostBytes >> 20} MiB: cut it"));
        }
    }
}
