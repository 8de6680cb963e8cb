using System.Text.Json.Nodes;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Jobs;

/// <summary>A request that was accepted. The scheduler changes its state; the rest is thread-safe.</summary>
internal sealed class Job : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private JobError? _cancelledWith;
    private long _started;
    private long _loaded;
    private long _begun;

    /// <param name="ticket">What is known of it beyond this run of the program.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="time">By what times are measured.</param>
    public Job(JobTicket ticket, IJobKind kind, TimeProvider time)
    {
        (Ticket, Kind, _time) = (ticket, kind, time);
        Accepted = time.GetTimestamp();
    }

    /// <summary>What is known of it beyond this run of the program.</summary>
    public JobTicket Ticket { get; }

    /// <summary>Its kind.</summary>
    public IJobKind Kind { get; }

    /// <summary>Id of the request.</summary>
    public string Id => Ticket.Id;

    /// <summary>What it does; null while its audio is still coming.</summary>
    public IJobWork? Work { get; set; }

    /// <summary>When it was accepted, as a time stamp.</summary>
    public long Accepted { get; }

    /// <summary>Duration from its acceptance within which it must be done; null for as long as it takes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What has become of it; the scheduler's.</summary>
    public JobState State { get; set; } = JobState.Receiving;

    /// <summary>Order among those that wait; the scheduler's.</summary>
    public long Order { get; set; }

    /// <summary>Whether it must give its place up at its next step.</summary>
    public bool IsDisplaced { get; set; }

    /// <summary>How urgent it is.</summary>
    public int Rank => DeviceTurns.RankOf(Ticket.Priority, Kind.TakesAudio);

    /// <summary>Cancels the work.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Why it was cancelled; null when it was not.</summary>
    public JobError? CancelledWith
    {
        get
        {
            lock (_lock)
            {
                return _cancelledWith;
            }
        }
    }

    /// <summary>The times of its stages so far, in milliseconds.</summary>
    public JsonObject Timing
    {
        get
        {
            long now = _time.GetTimestamp();
            return new JsonObject
            {
                ["queue_ms"] = Milliseconds(Accepted, _started == 0 ? now : _started),
                ["load_ms"] = _started == 0 ? 0 : Milliseconds(_started, _loaded == 0 ? now : _loaded),
                ["run_ms"] = _begun == 0 ? 0 : Milliseconds(_begun, now),
            };
        }
    }

    /// <summary>Time since its work began; null before that.</summary>
    public TimeSpan? RunTime => _begun == 0 ? null : _time.GetElapsedTime(_begun);

    /// <summary>Its work begins to load.</summary>
    public void MarkStarted() => (_started, _loaded, _begun) = (_started == 0 ? _time.GetTimestamp() : _started, 0, 0);

    /// <summary>What it needs is loaded.</summary>
    public void MarkLoaded() => _loaded = _time.GetTimestamp();

    /// <summary>It has the device for the first time.</summary>
    public void MarkBegun() => _begun = _time.GetTimestamp();

    /// <summary>Cancels it; the first reason counts.</summary>
    /// <returns>False when it was cancelled before.</returns>
    public bool Cancel(JobError reason)
    {
        lock (_lock)
        {
            if (_cancelledWith is not null)
            {
                return false;
            }

            _cancelledWith = reason;
        }

        _cancellation.Cancel();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Work?.Dispose();
        _cancellation.Dispose();
    }

    private double Milliseconds(long from, long to) => Math.Round(_time.GetElapsedTime(from, to).TotalMilliseconds, 1);
}
