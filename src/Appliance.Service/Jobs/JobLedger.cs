using System.Text.Json.Nodes;
using Appliance.Service.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Jobs;

/// <summary>
/// Counts and stores what is said of jobs, together with the messages that carry it. Nothing is said under a number that was not set aside
/// on the disk before, so that after a crash no two envelopes have the same. Thread-safe.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="outbox">The messages.</param>
/// <param name="envelopes">Makes envelopes.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told what could not be stored.</param>
internal sealed class JobLedger(StateDatabase database, OutboxTable outbox, EnvelopeFactory envelopes, TimeProvider time, ILogger logger)
{
    private const int SetAside = 64;
    private const string FindStored = "SELECT body, state, seq, outcome, retryable FROM jobs WHERE id = $id";
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>The messages that carry an envelope; set before the first request comes.</summary>
    public Func<JobTicket, Envelope, IReadOnlyList<OutboxMessage>> Routes { get; set; } = (_, _) => [];

    /// <summary>Takes messages that can't be stored, to be sent from memory.</summary>
    public Action<IReadOnlyList<OutboxMessage>> Unstored { get; set; } = _ => { };

    /// <summary>Told of each envelope of progress, which is never stored.</summary>
    public event Action<JobTicket, Envelope>? ProgressMade;

    /// <summary>Takes a request in: stores it with its first envelope, or finds what became of it before.</summary>
    /// <param name="ticket">The request; its count goes on from there.</param>
    /// <param name="data">What the first envelope says: null with an error.</param>
    /// <param name="error">Why it is refused; null when it is not.</param>
    /// <param name="isOutcome">Whether that is the end of it.</param>
    /// <exception cref="StorageException">It can't be stored: nothing has happened.</exception>
    public async Task<Admission> AdmitAsync(JobTicket ticket, JsonObject? data, JobError? error, bool isOutcome)
    {
        Admission admission = await database.Write(connection => Admit(connection, ticket, data, error, isOutcome));
        outbox.Tell();
        return admission;
    }

    /// <summary>Says something of a job that is not its end.</summary>
    public void Tell(JobTicket ticket, string type, JsonObject? data, JsonObject? timing)
    {
        lock (ticket)
        {
            Envelope envelope = envelopes.Create(ticket.Id, type, Next(ticket), data, null, timing);
            IReadOnlyList<OutboxMessage> messages = Routes(ticket, envelope);
            long reserved = ticket.Reserved;
            _ = StoreAsync(ticket, messages, database.Write(connection =>
            {
                connection.Run("UPDATE jobs SET seq = max(seq, $seq), state = $state WHERE id = $id", ("$seq", reserved), ("$state", type), ("$id", ticket.Id));
                outbox.Add(connection, messages);
            }));
        }
    }

    /// <summary>Says how far a job is.</summary>
    public void Progress(JobTicket ticket, JsonObject data, JsonObject? timing)
    {
        Envelope envelope;
        lock (ticket)
        {
            if (ticket.Sequence == ticket.Reserved && !TrySetAside(ticket))
            {
                return;
            }

            envelope = envelopes.Create(ticket.Id, EnvelopeTypes.Progress, Next(ticket), data, null, timing);
        }

        ProgressMade?.Invoke(ticket, envelope);
    }

    /// <summary>Says how a job ended.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="type">result, failed or cancelled.</param>
    /// <param name="data">What it gave.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="timing">Its times.</param>
    /// <param name="parts">Messages that go before.</param>
    /// <param name="history">Writes what is kept of it beyond its delivery; null for nothing.</param>
    public Task FinishAsync(JobTicket ticket, string type, JsonObject? data, JobError? error, JsonObject? timing, IReadOnlyList<OutboxMessage> parts, Action<SqliteConnection>? history)
    {
        lock (ticket)
        {
            Envelope envelope = envelopes.Create(ticket.Id, type, Next(ticket), data, error, timing);
            IReadOnlyList<OutboxMessage> messages = [.. parts, .. Routes(ticket, envelope)];
            long reserved = ticket.Reserved;
            return StoreAsync(ticket, messages, database.Write(connection =>
            {
                connection.Run(
                    "UPDATE jobs SET seq = max(seq, $reserved), state = 'done', finished = $now, outcome = $outcome, outcome_seq = $seq, retryable = $retryable, request = NULL WHERE id = $id",
                    ("$reserved", reserved), ("$now", Now), ("$outcome", envelope.Bytes), ("$seq", envelope.Sequence),
                    ("$retryable", error is not null && ErrorCodes.IsRetryable(error.Code)), ("$id", ticket.Id));
                outbox.Add(connection, messages);
                history?.Invoke(connection);
            }));
        }
    }

    /// <summary>An envelope that is sent from memory, where even its number can't be stored.</summary>
    public Envelope Unstorable(JobTicket ticket, JobError error) => envelopes.Create(ticket.Id, EnvelopeTypes.Failed, ++ticket.Sequence, null, error, null);

    /// <summary>An answer to a request whose id belongs to another one, under the next number of that id.</summary>
    public async Task<Envelope> ConflictAsync(string id, JobError error)
    {
        long sequence = await database.Write(connection =>
        {
            connection.Run("UPDATE jobs SET seq = seq + 1 WHERE id = $id", ("$id", id));
            return (long)(connection.Scalar("SELECT seq FROM jobs WHERE id = $id", ("$id", id)) ?? 1L);
        });
        return envelopes.Create(id, EnvelopeTypes.Failed, sequence, null, error, null);
    }

    /// <summary>What is stored of a request; null when it has no outcome that is remembered.</summary>
    public StoredJob? Find(string id)
    {
        List<StoredJob> found = database.Read(connection => connection.Rows(ReadStored, FindStored, ("$id", id)));
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The requests that have no outcome, in the order in which they came.</summary>
    public IReadOnlyList<JobTicket> Unfinished() => database.Read(connection => connection.Rows(reader => new JobTicket
    {
        Id = reader.GetString(0),
        Verb = reader.GetString(1),
        Surface = Enum.Parse<JobSurface>(reader.GetString(2)),
        Priority = Enum.Parse<JobPriority>(reader.GetString(3)),
        Body = reader.GetFieldValue<byte[]>(4),
        Request = reader.TextOrNull(5) is { } json ? JsonNode.Parse(json)!.AsObject() : null,
        ReplyTo = reader.TextOrNull(6),
        Correlation = reader.BytesOrNull(7),
        Attempt = reader.GetInt32(8),
        Sequence = reader.GetInt64(9),
        Reserved = reader.GetInt64(9),
    }, "SELECT id, kind, surface, priority, body, request, reply_to, correlation, attempt, seq FROM jobs WHERE state <> 'done' ORDER BY accepted, rowid"));

    /// <summary>Forgets outcomes that are older than ten minutes.</summary>
    public Task ForgetAsync() => database.Write(connection =>
    {
        connection.Run("DELETE FROM jobs WHERE state = 'done' AND finished < $oldest", ("$oldest", Now - (long)Remembered.TotalMilliseconds));
    });

    private static StoredJob ReadStored(SqliteDataReader reader) =>
        new(reader.GetFieldValue<byte[]>(0), reader.GetString(1), reader.GetInt64(2), reader.BytesOrNull(3), reader.GetBoolean(4));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Admission Admit(SqliteConnection connection, JobTicket ticket, JsonObject? data, JobError? error, bool isOutcome)
    {
        List<StoredJob> found = connection.Rows(ReadStored, FindStored, ("$id", ticket.Id));
        StoredJob? before = found.Count > 0 ? found[0] : null;
        if (before is not null)
        {
            if (!before.Body.AsSpan().SequenceEqual(ticket.Body))
            {
                return new(AdmissionKind.Conflict, []);
            }

            if (before.State != "done")
            {
                return new(AdmissionKind.Running, []);
            }

            if ((!before.IsRetryable || ticket.IsRedelivery) && before.Outcome is { } outcome)
            {
                outbox.Add(connection, ticket.ReplyTo is null ? [] : RepeatOf(ticket, outcome));
                return new(AdmissionKind.Repeated, outcome);
            }

            // the try before failed in a way that may pass: this is the next one
            ticket.Sequence = ticket.Reserved = before.Sequence;
        }

        string type = error is not null ? EnvelopeTypes.Failed : isOutcome ? EnvelopeTypes.Result : EnvelopeTypes.Accepted;
        Envelope envelope = envelopes.Create(ticket.Id, type, Next(ticket), data, error, null);
        connection.Run(
            """
            INSERT OR REPLACE INTO jobs (id, kind, surface, priority, body, request, reply_to, correlation, attempt, state, seq, accepted, finished, outcome, outcome_seq, retryable)
            VALUES ($id, $kind, $surface, $priority, $body, $request, $reply, $correlation, $attempt, $state, $seq, $now, $finished, $outcome, $outcome_seq, $retryable)
            """,
            ("$id", ticket.Id), ("$kind", ticket.Verb), ("$surface", ticket.Surface.ToString()), ("$priority", ticket.Priority.ToString()), ("$body", ticket.Body),
            ("$request", ticket.Request?.ToJsonString()), ("$reply", ticket.ReplyTo), ("$correlation", ticket.Correlation), ("$attempt", ticket.Attempt),
            ("$state", isOutcome ? "done" : type), ("$seq", ticket.Reserved), ("$now", Now), ("$finished", isOutcome ? Now : null),
            ("$outcome", isOutcome ? envelope.Bytes : null), ("$outcome_seq", isOutcome ? envelope.Sequence : null),
            ("$retryable", error is not null && ErrorCodes.IsRetryable(error.Code)));
        outbox.Add(connection, Routes(ticket, envelope));
        return new(AdmissionKind.Stored, envelope.Bytes);
    }

    /// <summary>The stored outcome for a requester who asks again: to its topic alone, byte for byte.</summary>
    private static IReadOnlyList<OutboxMessage> RepeatOf(JobTicket ticket, byte[] outcome) =>
        [new(OutboxClass.Result, ticket.ReplyTo!, outcome) { Correlation = ticket.Correlation, Job = ticket.Id }];

    private static long Next(JobTicket ticket)
    {
        ticket.Sequence++;
        ticket.Reserved = Math.Max(ticket.Reserved, ticket.Sequence);
        return ticket.Sequence;
    }

    private bool TrySetAside(JobTicket ticket)
    {
        long reserved = ticket.Sequence + SetAside;
        try
        {
            database.Write(connection => connection.Run("UPDATE jobs SET seq = max(seq, $seq) WHERE id = $id", ("$seq", reserved), ("$id", ticket.Id))).GetAwaiter().GetResult();
            ticket.Reserved = reserved;
            return true;
        }
        catch (StorageException)
        {
            // progress is told when there is room again; the result does not depend on it
            return false;
        }
    }

    private async Task StoreAsync(JobTicket ticket, IReadOnlyList<OutboxMessage> messages, Task write)
    {
        try
        {
            await write;
            outbox.Tell();
        }
        catch (StorageException fault)
        {
            Log.NotStored(logger, ticket.Id, fault.Message);
            Unstored(messages);
        }
    }
}
