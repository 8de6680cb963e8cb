using System.Text.Json.Nodes;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs.Engines;
using Appliance.Service.Jobs.Work;
using Appliance.Service.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Jobs;

/// <summary>
/// Every request from any surface is a job here. One works on the device at a time; a more urgent one is started beside those that were put
/// aside, so that there are never more threads than ranks. Thread-safe.
/// </summary>
internal sealed class JobScheduler : IDisposable
{
    /// <summary>Most jobs that have no outcome yet.</summary>
    public const int MostJobs = 64;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);
    private static readonly JobError Interrupted = new(ErrorCode.Interrupted, "the service ended before the job did: send it again") { RetryAfter = TimeSpan.FromSeconds(5) };

    private readonly Lock _lock = new();
    private readonly List<Job> _jobs = [];
    private readonly JobLedger _ledger;
    private readonly DeviceTurns _device;
    private readonly ModelPool _models;
    private readonly Func<ApplianceSettings> _settings;
    private readonly OutboxTable _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _order;
    private bool _isStopping;

    /// <summary>Makes one without jobs.</summary>
    public JobScheduler(JobLedger ledger, DeviceTurns device, ModelPool models, OutboxTable outbox, Func<ApplianceSettings> settings, TimeProvider time, ILogger logger)
    {
        (_ledger, _device, _models, _outbox, _settings, _time, _logger) = (ledger, device, models, outbox, settings, time, logger);
    }

    /// <summary>Called when the list of jobs has changed, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Called when a job has ended, on its thread, before its outcome is stored.</summary>
    public event Action<JobOutcome>? Ended;

    /// <summary>Puts messages before a result, and may change its data: how a large one goes over the network.</summary>
    public Func<Job, JobProduct, IReadOnlyList<OutboxMessage>> Parts { get; set; } = (_, _) => [];

    /// <summary>Writes what is kept of a job's product; null when nothing is.</summary>
    public Func<Job, JobProduct, Action<SqliteConnection>?> History { get; set; } = (_, _) => null;

    /// <summary>The jobs that have no outcome yet.</summary>
    public IReadOnlyList<JobSnapshot> Snapshot
    {
        get
        {
            lock (_lock)
            {
                return [.. _jobs.Select(job => new JobSnapshot(job.Id, job.Kind.Name, job.State))];
            }
        }
    }

    /// <summary>Checks whether one more job can be taken.</summary>
    /// <exception cref="JobException">It can't.</exception>
    public void CheckRoom()
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                throw new JobException(new JobError(ErrorCode.ShuttingDown, "the service is stopping: send it again when it is back") { RetryAfter = TimeSpan.FromSeconds(5) });
            }

            if (_jobs.Count >= MostJobs)
            {
                throw new JobException(new JobError(ErrorCode.QueueFull, $"{_jobs.Count} jobs wait already: send it again later") { RetryAfter = TimeSpan.FromSeconds(5) });
            }
        }

        if (_outbox.IsFull)
        {
            throw new JobException(new JobError(ErrorCode.QueueFull, "too many results wait for the broker: send it again when they are delivered") { RetryAfter = TimeSpan.FromSeconds(30) });
        }
    }

    /// <summary>Takes a job in. Its parameters are complete.</summary>
    /// <param name="ticket">The request.</param>
    /// <param name="parameters">Its parameters, complete.</param>
    /// <param name="audio">Its audio; null where it takes none, or it is still coming.</param>
    /// <param name="deadline">Duration from now within which it must be done; null for as long as it takes.</param>
    /// <returns>What became of it; the audio is the scheduler's only when it is <see cref="AdmissionKind.Stored"/>.</returns>
    /// <exception cref="JobException">There is no room for it.</exception>
    /// <exception cref="StorageException">It can't be stored.</exception>
    public async Task<Admission> SubmitAsync(JobTicket ticket, JsonObject parameters, JobAudio? audio, TimeSpan? deadline)
    {
        CheckRoom();
        IJobKind kind = JobKinds.Find(ticket.Verb)!;
        JsonObject accepted = new() { ["kind"] = kind.Name, ["priority"] = ticket.Priority.ToString().ToLowerInvariant() };
        if (ticket.Surface == JobSurface.Fleet)
        {
            accepted["attempt"] = ticket.Attempt;
        }

        Admission admission = await _ledger.AdmitAsync(ticket, accepted, null, isOutcome: false);
        if (admission.Kind == AdmissionKind.Stored)
        {
            Job job = new(ticket, kind, _time) { Deadline = deadline };
            if (audio is not null || !kind.TakesAudio)
            {
                job.Work = kind.Create(parameters, audio, _settings());
            }

            Add(job);
        }

        return admission;
    }

    /// <summary>Gives a job its audio, once all of it is there.</summary>
    /// <returns>False when the job has ended meanwhile; the audio is the caller's then.</returns>
    public bool Supply(string id, JsonObject parameters, JobAudio audio)
    {
        lock (_lock)
        {
            if (_jobs.Find(job => job.Id == id) is not { State: JobState.Receiving } job)
            {
                return false;
            }

            job.Work = job.Kind.Create(parameters, audio, _settings());
            Queue(job);
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Cancels jobs that have no outcome yet.</summary>
    /// <param name="which">Which.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<string> Cancel(Func<Job, bool> which, JobError reason)
    {
        List<string> ids = [];
        List<Job> idle = [];
        lock (_lock)
        {
            foreach (Job job in _jobs.Where(which).ToArray())
            {
                if (job.Cancel(reason))
                {
                    ids.Add(job.Id);
                    if (job.State is JobState.Receiving or JobState.Queued)
                    {
                        idle.Add(job);
                        job.State = JobState.Done;
                    }
                }
            }
        }

        // what runs ends by itself, at its next step
        foreach (Job job in idle)
        {
            End(job, null, null);
        }

        return ids;
    }

    /// <summary>Takes up what a crash or a stop left: pictures are drawn again, recordings are gone.</summary>
    public async Task RecoverAsync()
    {
        (int again, int interrupted) = (0, 0);
        foreach (JobTicket ticket in _ledger.Unfinished())
        {
            if (ticket.Surface != JobSurface.Fleet && ticket.Request is { } request && JobKinds.Find(ticket.Verb) is { TakesAudio: false } kind)
            {
                Job job = new(ticket, kind, _time) { Work = kind.Create(request, null, _settings()) };
                Add(job);
                again++;
            }
            else
            {
                await _ledger.FinishAsync(ticket, EnvelopeTypes.Failed, null, Interrupted, null, [], null);
                interrupted++;
            }
        }

        if (again + interrupted > 0)
        {
            Log.Recovered(_logger, again, interrupted);
        }
    }

    /// <summary>Takes no more jobs and ends those there are: pictures stay to be drawn after the restart, recordings are interrupted.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        lock (_lock)
        {
            _isStopping = true;
        }

        Cancel(_ => true, Interrupted);
        long started = _time.GetTimestamp();
        while (Snapshot.Count > 0 && _time.GetElapsedTime(started) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Job job in _jobs)
            {
                job.Dispose();
            }

            _jobs.Clear();
        }
    }

    private void Add(Job job)
    {
        lock (_lock)
        {
            _jobs.Add(job);
            if (job.Work is not null)
            {
                Queue(job);
            }
        }

        if (job.Deadline is { } deadline)
        {
            _ = WatchDeadlineAsync(job, deadline);
        }

        Changed?.Invoke();
    }

    private async Task WatchDeadlineAsync(Job job, TimeSpan deadline)
    {
        try
        {
            await Task.Delay(deadline, _time, job.Cancellation);
            Cancel(other => ReferenceEquals(other, job), new JobError(ErrorCode.DeadlineExceeded, $"not done within {deadline.TotalMilliseconds:0} ms: allow more time"));
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
        {
            // it has ended
        }
    }

    /// <summary>Under the lock.</summary>
    private void Queue(Job job)
    {
        job.State = JobState.Queued;
        job.Order = job.Order == 0 ? ++_order : job.Order;
        StartNext();
    }

    /// <summary>Under the lock: starts the most urgent job when nothing of its rank or above is being done.</summary>
    private void StartNext()
    {
        Job? next = _jobs.Where(job => job.State == JobState.Queued).OrderByDescending(job => job.Rank).ThenBy(job => job.Order).FirstOrDefault();
        if (next is null || _jobs.Exists(job => job.State == JobState.Running && job.Rank >= next.Rank))
        {
            return;
        }

        // two pictures of one model can't be drawn in turns: the less urgent one begins again later
        if (!next.Kind.TakesAudio && _jobs.Find(job => job.State == JobState.Running && !job.Kind.TakesAudio) is { } other)
        {
            other.IsDisplaced = true;
            return;
        }

        next.State = JobState.Running;
        next.MarkStarted();
        new Thread(() => RunGuarded(next)) { Name = $"job {next.Kind.Name}", IsBackground = true }.Start();
    }

    /// <summary>Whatever happens, the job gets an outcome and the thread's fault stays here.</summary>
    private void RunGuarded(Job job)
    {
        try
        {
            Run(job);
        }
        catch (Exception fault)
        {
            Log.FailedInside(_logger, fault, job.Id, job.Kind.Name);
            End(job, null, JobFaults.Describe(fault));
        }
    }

    private void Run(Job job)
    {
        Changed?.Invoke();
        _ledger.Tell(job.Ticket, EnvelopeTypes.Started, null, job.Timing);
        JobProduct? product = null;
        JobError? error = null;
        long lastProgress = 0;
        try
        {
            using JobRun run = new(job, _device, _models, data =>
            {
                if (lastProgress == 0 || _time.GetElapsedTime(lastProgress) >= ProgressInterval)
                {
                    lastProgress = _time.GetTimestamp();
                    _ledger.Progress(job.Ticket, data, job.Timing);
                }
            });
            product = job.Work!.Run(run);
        }
        catch (JobDisplacedException)
        {
            lock (_lock)
            {
                job.IsDisplaced = false;
                Queue(job);
            }

            return;
        }
        catch (Exception fault)
        {
            error = JobFaults.Describe(fault);
            if (error.Code == ErrorCode.Internal)
            {
                Log.FailedInside(_logger, fault, job.Id, job.Kind.Name);
            }
        }

        End(job, product, error);
    }

    /// <summary>Those who count and show must not keep a result from its requester.</summary>
    private void TellEnd(JobOutcome outcome)
    {
        try
        {
            Ended?.Invoke(outcome);
        }
        catch (Exception fault)
        {
            Log.FailedInside(_logger, fault, outcome.Job.Id, outcome.Job.Kind.Name);
        }
    }

    /// <summary>Decides how a job ended, says so, and lets the next one begin.</summary>
    private void End(Job job, JobProduct? product, JobError? error)
    {
        JobError? cancelledWith;
        bool survives;
        lock (_lock)
        {
            // from here on a cancel finds no job
            _jobs.Remove(job);
            job.State = JobState.Done;
            cancelledWith = job.CancelledWith;
            survives = cancelledWith is { Code: ErrorCode.Interrupted } && job.Ticket.Request is not null && job.Ticket.Surface != JobSurface.Fleet;
            StartNext();
        }

        if (!survives || (product is not null && error is null))
        {
            (string type, JobError? told) = (product, cancelledWith) switch
            {
                ({ }, null or { Code: ErrorCode.Interrupted }) => (EnvelopeTypes.Result, null),
                (_, { Code: ErrorCode.Cancelled }) => (EnvelopeTypes.Cancelled, cancelledWith),
                (_, { }) => (EnvelopeTypes.Failed, cancelledWith),
                _ => (EnvelopeTypes.Failed, error),
            };
            JobProduct? given = told is null ? product : null;
            TellEnd(new JobOutcome(job, type, told) { Product = given });
            _ = _ledger.FinishAsync(job.Ticket, type, given?.Data, told, job.Timing,
                given is null ? [] : Parts(job, given), given is null ? null : History(job, given));
            Log.Ended(_logger, job.Id, job.Kind.Name, told is null ? type : ErrorCodes.NameOf(told.Code), _time.GetElapsedTime(job.Accepted).TotalMilliseconds);
        }

        job.Dispose();
        Changed?.Invoke();
    }
}
