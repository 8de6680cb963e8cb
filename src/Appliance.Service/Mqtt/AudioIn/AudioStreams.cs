using System.Text.Json.Nodes;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;
using Appliance.Service.Mqtt.Commands;

namespace Appliance.Service.Mqtt.AudioIn;

/// <summary>The recordings that are coming. Thread-safe.</summary>
internal sealed class AudioStreams(JobScheduler jobs, TimeProvider time) : IDisposable
{
    /// <summary>Bytes of one stream, and of all together.</summary>
    public const long MostBytes = 1L << 30;

    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestAge = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, AudioStream> _streams = new(StringComparer.Ordinal);

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _streams.Count == 0;
            }
        }
    }

    /// <summary>Waits for a recording; before its job is accepted, so that no chunk comes too early. A request that comes twice goes on with the same one.</summary>
    /// <exception cref="JobException">There is a stream of that name.</exception>
    public void Open(string job, JsonObject parameters, StreamFormat format)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(format.Name, out AudioStream? other))
            {
                _streams.Add(format.Name, new AudioStream(job, parameters, format, time));
            }
            else if (other.Job != job)
            {
                throw new JobException(ErrorCode.Busy, $"the stream {format.Name} is in use by another job: choose another name");
            }
        }
    }

    /// <summary>Forgets a stream whose job was not accepted.</summary>
    public void Close(string name)
    {
        lock (_lock)
        {
            if (_streams.Remove(name, out AudioStream? stream))
            {
                stream.Dispose();
            }
        }
    }

    /// <summary>Takes a chunk; one of an unknown stream is let be.</summary>
    public void Add(string name, ReadOnlySpan<byte> bytes)
    {
        AudioStream? done = null;
        (string Job, JobError Error)? failed = null;
        lock (_lock)
        {
            if (!_streams.TryGetValue(name, out AudioStream? stream))
            {
                return;
            }

            if (!AudioChunk.TryRead(bytes, out AudioChunk chunk))
            {
                failed = (stream.Job, new JobError(ErrorCode.BadRequest, $"a chunk of the stream {name} is not as it must be: a head of {AudioChunk.HeadBytes} bytes (version 1), at most {AudioChunk.LargestBytes} bytes in all"));
            }
            else if (chunk.IsDiscard)
            {
                failed = (stream.Job, new JobError(ErrorCode.Cancelled, "the sender gave the stream up"));
            }
            else
            {
                failed = TryAdd(stream, chunk, bytes[AudioChunk.HeadBytes..]);
                done = failed is null && chunk.IsEnd ? stream : null;
            }

            if (failed is not null || done is not null)
            {
                _streams.Remove(name);
                if (done is null)
                {
                    stream.Dispose();
                }
            }
        }

        if (done is not null)
        {
            Finish(done);
        }

        if (failed is { } failure)
        {
            jobs.Cancel(job => job.Id == failure.Job, failure.Error);
        }
    }

    /// <summary>Ends what nobody sends any more: what came is recognised when the stream was long enough, else the job fails.</summary>
    public void Sweep()
    {
        AudioStream[] over;
        lock (_lock)
        {
            string[] names = [.. _streams.Where(pair => pair.Value.Idle >= LongestIdle || pair.Value.Age >= LongestAge).Select(pair => pair.Key)];
            over = [.. names.Select(name => _streams[name])];
            foreach (string name in names)
            {
                _streams.Remove(name);
            }
        }

        foreach (AudioStream stream in over)
        {
            string why = stream.Age >= LongestAge ? $"the stream took longer than {LongestAge.TotalMinutes:0} minutes: send it faster, or cut it"
                : $"no chunk came for {LongestIdle.TotalSeconds:0} s: send it again without such breaks";
            jobs.Cancel(job => job.Id == stream.Job, new JobError(ErrorCode.DeadlineExceeded, why));
            stream.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (AudioStream stream in _streams.Values)
            {
                stream.Dispose();
            }

            _streams.Clear();
        }
    }

    private (string Job, JobError Error)? TryAdd(AudioStream stream, AudioChunk chunk, ReadOnlySpan<byte> content)
    {
        try
        {
            if (_streams.Values.Sum(one => one.Bytes) + content.Length > MostBytes)
            {
                return (stream.Job, new JobError(ErrorCode.QueueFull, "too much audio is coming at once: send it again later") { RetryAfter = TimeSpan.FromSeconds(30) });
            }

            stream.Add(chunk, content);
            return null;
        }
        catch (JobException fault)
        {
            return (stream.Job, fault.Error);
        }
        catch (IOException)
        {
            return (stream.Job, new JobError(ErrorCode.OutOfMemory, "there is no memory for the stream: send a shorter one"));
        }
    }

    private void Finish(AudioStream stream)
    {
        if (stream.IsEmpty)
        {
            jobs.Cancel(job => job.Id == stream.Job, new JobError(ErrorCode.BadRequest, "the stream ended without audio: send chunks before the end"));
            stream.Dispose();
            return;
        }

        JobAudio audio = stream.Complete();
        if (!jobs.Supply(stream.Job, stream.Parameters, audio))
        {
            audio.Dispose();
        }
    }
}
