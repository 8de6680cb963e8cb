using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Storage;

/// <summary>What was heard and drawn, for as long as retention says: nothing by default.</summary>
internal sealed class HistoryTable(StateDatabase database, TimeProvider time, ILogger logger)
{
    /// <summary>Name of the count of wipes: a running service sees by it that there was one.</summary>
    public const string WipeCount = "wiped";

    private const string TranscriptColumns = "'transcript', t.number, t.created, t.source, t.job, t.language, t.duration, t.text, t.document";

    /// <summary>Keeps a transcript; inside a write.</summary>
    public void AddTranscript(SqliteConnection connection, string source, string? job, string text, string? language, double? duration, string document) =>
        connection.Run("INSERT INTO transcripts (created, source, job, language, duration, text, document) VALUES ($now, $source, $job, $language, $duration, $text, $document)",
            ("$now", Now), ("$source", source), ("$job", job), ("$language", language), ("$duration", duration), ("$text", text), ("$document", document));

    /// <summary>Keeps what a picture was drawn from; inside a write.</summary>
    public void AddImage(SqliteConnection connection, string? job, string prompt, string sha256, string parameters) =>
        connection.Run("INSERT INTO images (created, job, prompt, sha256, parameters) VALUES ($now, $job, $prompt, $sha256, $parameters)",
            ("$now", Now), ("$job", job), ("$prompt", prompt), ("$sha256", sha256), ("$parameters", parameters));

    /// <summary>The newest entries, the newest first.</summary>
    /// <param name="kind">transcripts, images or null for both.</param>
    /// <param name="count">Most of them.</param>
    /// <param name="since">Not older than this, in milliseconds since 1970; null for any.</param>
    public IReadOnlyList<HistoryEntry> List(string? kind, int count, long? since) => database.Read(connection =>
    {
        List<HistoryEntry> entries = [];
        if (kind is null or "transcripts")
        {
            entries.AddRange(connection.Rows(Read, $"SELECT {TranscriptColumns} FROM transcripts t WHERE t.created >= $since ORDER BY t.number DESC LIMIT $count",
                ("$since", since ?? 0), ("$count", count)));
        }

        if (kind is null or "images")
        {
            entries.AddRange(connection.Rows(Read, "SELECT 'image', number, created, 'job', job, NULL, NULL, prompt, parameters FROM images WHERE created >= $since ORDER BY number DESC LIMIT $count",
                ("$since", since ?? 0), ("$count", count)));
        }

        return (IReadOnlyList<HistoryEntry>)[.. entries.OrderByDescending(entry => entry.Created).Take(count)];
    });

    /// <summary>Transcripts that hold all the words, the best first.</summary>
    public IReadOnlyList<HistoryEntry> Search(string words, int count)
    {
        // each word as a phrase of its own: nothing of it is syntax of FTS5
        string query = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        return query.Length == 0 ? [] : database.Read(connection => connection.Rows(Read,
            $"SELECT {TranscriptColumns} FROM transcripts_text JOIN transcripts t ON t.number = transcripts_text.rowid WHERE transcripts_text MATCH $query ORDER BY rank LIMIT $count",
            ("$query", query), ("$count", count)));
    }

    /// <summary>Removes what is older than it may be, and the oldest while all is larger than it may be.</summary>
    public async Task RetainAsync(int days, long maximumBytes)
    {
        long oldest = time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds();
        (int transcripts, int images) = await database.Write(connection => (
            connection.Run("DELETE FROM transcripts WHERE created < $oldest", ("$oldest", oldest)),
            connection.Run("DELETE FROM images WHERE created < $oldest", ("$oldest", oldest))));
        if (transcripts + images > 0)
        {
            await database.Compact();
        }

        while (database.Read(SizeOf) > maximumBytes)
        {
            (int more, int others) = await database.Write(connection => (
                connection.Run("DELETE FROM transcripts WHERE number IN (SELECT number FROM transcripts ORDER BY number LIMIT max(1, (SELECT count(*) FROM transcripts) / 10))"),
                connection.Run("DELETE FROM images WHERE number IN (SELECT number FROM images ORDER BY number LIMIT max(1, (SELECT count(*) FROM images) / 10))")));
            if (more + others == 0)
            {
                break;
            }

            transcripts += more;
            images += others;
            await database.Compact();
        }

        if (transcripts + images > 0)
        {
            Log.Retained(logger, transcripts, images);
        }
    }

    /// <summary>Removes everything, also what waits for the broker, and leaves nothing of it in the files.</summary>
    public async Task WipeAsync()
    {
        await database.Write(connection =>
        {
            connection.Run("DELETE FROM transcripts");
            connection.Run("DELETE FROM images");
            connection.Run("DELETE FROM outbox");
            connection.Run("DELETE FROM dead_letters");
            connection.Run("DELETE FROM jobs WHERE state = 'done'");
            connection.Run("INSERT INTO transcripts_text (transcripts_text) VALUES ('optimize')");
            connection.Run("INSERT OR REPLACE INTO meta (name, value) VALUES ('wiped', coalesce((SELECT value FROM meta WHERE name = 'wiped'), 0) + 1)");
        });
        await database.Compact();
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long SizeOf(SqliteConnection connection) =>
        Convert.ToInt64(connection.Scalar("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"), CultureInfo.InvariantCulture);

    private static HistoryEntry Read(SqliteDataReader reader) => new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2))
    {
        Source = reader.GetString(3),
        Job = reader.TextOrNull(4),
        Language = reader.TextOrNull(5),
        Duration = reader.IsDBNull(6) ? null : reader.GetDouble(6),
        Text = reader.GetString(7).Trim(),
        Document = JsonNode.Parse(reader.GetString(8))!.AsObject(),
    };
}
