using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Storage;

/// <summary>Messages on their way to the broker, in order. Statements run inside the caller's write.</summary>
internal sealed class OutboxTable(StateDatabase database, TimeProvider time, ILogger logger)
{
    /// <summary>Most bytes that wait.</summary>
    public const long MaximumBytes = 64L << 20;

    private const string Columns = "number, class, topic, payload, retain, expiry, content_type, correlation, job, seq, created";
    private static readonly TimeSpan OldestTold = TimeSpan.FromDays(7);

    private long _bytes = database.Read(connection => (long)connection.Scalar("SELECT coalesce(sum(length(payload)), 0) FROM outbox")!);
    private long _dropped;

    /// <summary>Called when something was added.</summary>
    public event Action? Added;

    /// <summary>Whether no more jobs can be taken, since their results would have no room.</summary>
    public bool IsFull => Interlocked.Read(ref _bytes) >= MaximumBytes;

    /// <summary>Messages that were given up since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Messages that wait.</summary>
    public long Count() => database.Read(connection => (long)connection.Scalar("SELECT count(*) FROM outbox")!);

    /// <summary>Adds messages inside a write.</summary>
    public void Add(SqliteConnection connection, IEnumerable<OutboxMessage> messages)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (OutboxMessage message in messages)
        {
            connection.Run(
                "INSERT INTO outbox (class, topic, payload, retain, expiry, content_type, correlation, job, seq, created) VALUES ($class, $topic, $payload, $retain, $expiry, $type, $correlation, $job, $seq, $created)",
                ("$class", message.Class.ToString()), ("$topic", message.Topic), ("$payload", message.Payload), ("$retain", message.Retain),
                ("$expiry", message.Expiry is { } expiry ? (long)expiry.TotalSeconds : null), ("$type", message.ContentType),
                ("$correlation", message.Correlation), ("$job", message.Job), ("$seq", message.Sequence), ("$created", message.Created > 0 ? message.Created : now));
            Interlocked.Add(ref _bytes, message.Payload.Length);
        }

        DropOldest(connection);
    }

    /// <summary>Adds messages and says so.</summary>
    public async Task Add(IReadOnlyList<OutboxMessage> messages)
    {
        await database.Write(connection => Add(connection, messages));
        Tell();
    }

    /// <summary>Says that something was added, once the write is on the disk.</summary>
    public void Tell() => Added?.Invoke();

    /// <summary>The oldest messages.</summary>
    public IReadOnlyList<OutboxMessage> Oldest(int count) => database.Read(connection =>
        connection.Rows(Read, $"SELECT {Columns} FROM outbox ORDER BY number LIMIT $count", ("$count", count)));

    /// <summary>Takes away what was delivered or is of no use any more.</summary>
    public Task Remove(OutboxMessage message) => database.Write(connection =>
    {
        if (connection.Run("DELETE FROM outbox WHERE number = $number", ("$number", message.Number)) > 0)
        {
            Interlocked.Add(ref _bytes, -message.Payload.Length);
        }
    });

    /// <summary>Counts a message as given up and takes it away.</summary>
    public Task Drop(OutboxMessage message)
    {
        Interlocked.Increment(ref _dropped);
        return Remove(message);
    }

    /// <summary>Moves a message that the broker refuses out of the way of the others.</summary>
    public async Task Bury(OutboxMessage message, int reason)
    {
        Log.DeadLetter(logger, message.Topic, reason);
        await database.Write(connection =>
        {
            connection.Run("INSERT OR REPLACE INTO dead_letters (number, class, topic, payload, reason, died) VALUES ($number, $class, $topic, $payload, $reason, $died)",
                ("$number", message.Number), ("$class", message.Class.ToString()), ("$topic", message.Topic), ("$payload", message.Payload),
                ("$reason", reason), ("$died", time.GetUtcNow().ToUnixTimeMilliseconds()));
            connection.Run("DELETE FROM outbox WHERE number = $number", ("$number", message.Number));
            connection.Run("DELETE FROM dead_letters WHERE number NOT IN (SELECT number FROM dead_letters ORDER BY number DESC LIMIT 1000)");
        });
        Interlocked.Add(ref _bytes, -message.Payload.Length);
    }

    /// <summary>Puts another payload into every copy of an envelope that still waits, and into the stored outcome.</summary>
    public Task Replace(OutboxMessage message, byte[] payload, IReadOnlyList<OutboxMessage> before) => database.Write(connection =>
    {
        int changed = connection.Run("UPDATE outbox SET payload = $payload WHERE job = $job AND seq = $seq AND class <> 'Part'",
            ("$payload", payload), ("$job", message.Job), ("$seq", message.Sequence));
        connection.Run("UPDATE jobs SET outcome = $payload WHERE id = $job AND outcome_seq = $seq",
            ("$payload", payload), ("$job", message.Job), ("$seq", message.Sequence));
        Interlocked.Add(ref _bytes, (long)changed * (payload.Length - message.Payload.Length));

        // parts go out before the envelope that counts them: numbers below those of all that wait
        long first = (long)(connection.Scalar("SELECT min(number) FROM outbox") ?? 1L) - before.Count - 1;
        foreach (OutboxMessage part in before)
        {
            connection.Run("INSERT INTO outbox (number, class, topic, payload, retain, content_type, job, seq, created) VALUES ($number, $class, $topic, $payload, 0, $type, $job, $seq, $created)",
                ("$number", ++first), ("$class", part.Class.ToString()), ("$topic", part.Topic), ("$payload", part.Payload), ("$type", part.ContentType),
                ("$job", message.Job), ("$seq", message.Sequence), ("$created", message.Created));
            Interlocked.Add(ref _bytes, part.Payload.Length);
        }
    });

    /// <summary>Counts and removes transcripts and events that nobody fetched for a week.</summary>
    public Task Age() => database.Write(connection =>
    {
        long oldest = time.GetUtcNow().Subtract(OldestTold).ToUnixTimeMilliseconds();
        int removed = connection.Run("DELETE FROM outbox WHERE class IN ('Event', 'Transcript') AND created < $oldest", ("$oldest", oldest));
        Interlocked.Add(ref _dropped, removed);
        Interlocked.Exchange(ref _bytes, (long)connection.Scalar("SELECT coalesce(sum(length(payload)), 0) FROM outbox")!);
    });

    /// <summary>Results are never dropped; of transcripts and events the oldest make room.</summary>
    private void DropOldest(SqliteConnection connection)
    {
        if (Interlocked.Read(ref _bytes) <= MaximumBytes)
        {
            return;
        }

        List<(long Number, long Bytes)> oldest = connection.Rows(reader => (reader.GetInt64(0), reader.GetInt64(1)),
            "SELECT number, length(payload) FROM outbox WHERE class IN ('Event', 'Transcript') ORDER BY number");
        int count = 0;
        foreach ((long number, long bytes) in oldest)
        {
            if (Interlocked.Read(ref _bytes) <= MaximumBytes)
            {
                break;
            }

            connection.Run("DELETE FROM outbox WHERE number = $number", ("$number", number));
            Interlocked.Add(ref _bytes, -bytes);
            count++;
        }

        if (count > 0)
        {
            Interlocked.Add(ref _dropped, count);
            Log.Dropped(logger, count, "messages");
        }
    }

    private static OutboxMessage Read(SqliteDataReader reader) => new(Enum.Parse<OutboxClass>(reader.GetString(1)), reader.GetString(2), reader.GetFieldValue<byte[]>(3))
    {
        Number = reader.GetInt64(0),
        Retain = reader.GetBoolean(4),
        Expiry = reader.LongOrNull(5) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        ContentType = reader.TextOrNull(6),
        Correlation = reader.BytesOrNull(7),
        Job = reader.TextOrNull(8),
        Sequence = reader.LongOrNull(9),
        Created = reader.GetInt64(10),
    };
}
