using Microsoft.Data.Sqlite;

namespace Appliance.Service.Storage;

/// <summary>The steps from an empty database to the present one; a step is never changed once it was shipped.</summary>
internal static class Migrations
{
    private static readonly string[] Steps =
    [
        // 1: times are milliseconds since 1970, UTC
        """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE jobs (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            surface TEXT NOT NULL,
            priority TEXT NOT NULL,
            body BLOB NOT NULL,
            request TEXT,
            reply_to TEXT,
            correlation BLOB,
            attempt INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL,
            seq INTEGER NOT NULL,
            accepted INTEGER NOT NULL,
            finished INTEGER,
            outcome BLOB,
            outcome_seq INTEGER,
            retryable INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX jobs_finished ON jobs (finished);
        CREATE TABLE outbox (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            class TEXT NOT NULL,
            topic TEXT NOT NULL,
            payload BLOB NOT NULL,
            retain INTEGER NOT NULL,
            expiry INTEGER,
            content_type TEXT,
            correlation BLOB,
            job TEXT,
            seq INTEGER,
            created INTEGER NOT NULL);
        CREATE INDEX outbox_class ON outbox (class, number);
        CREATE INDEX outbox_job ON outbox (job, seq);
        CREATE TABLE retained_results (
            topic TEXT PRIMARY KEY,
            sent INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE dead_letters (
            number INTEGER PRIMARY KEY,
            class TEXT NOT NULL,
            topic TEXT NOT NULL,
            payload BLOB NOT NULL,
            reason INTEGER NOT NULL,
            died INTEGER NOT NULL);
        CREATE TABLE transcripts (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            created INTEGER NOT NULL,
            source TEXT NOT NULL,
            job TEXT,
            language TEXT,
            duration REAL,
            text TEXT NOT NULL,
            document TEXT NOT NULL);
        CREATE INDEX transcripts_created ON transcripts (created);
        CREATE VIRTUAL TABLE transcripts_text USING fts5 (text, content='transcripts', content_rowid='number', tokenize="unicode61 remove_diacritics 2");
        INSERT INTO transcripts_text (transcripts_text, rank) VALUES ('secure-delete', 1);
        CREATE TRIGGER transcripts_added AFTER INSERT ON transcripts BEGIN
            INSERT INTO transcripts_text (rowid, text) VALUES (new.number, new.text);
        END;
        CREATE TRIGGER transcripts_removed AFTER DELETE ON transcripts BEGIN
            INSERT INTO transcripts_text (transcripts_text, rowid, text) VALUES ('delete', old.number, old.text);
        END;
        CREATE TABLE images (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            created INTEGER NOT NULL,
            job TEXT,
            prompt TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            parameters TEXT NOT NULL);
        CREATE INDEX images_created ON images (created);
        """,
    ];

    /// <summary>The version that this program reads and writes.</summary>
    public static int Latest => Steps.Length;

    /// <summary>Takes a database to the present version, one transaction a step.</summary>
    /// <returns>False when it is of a newer program.</returns>
    public static bool Run(SqliteConnection connection)
    {
        int version = Convert.ToInt32(connection.Scalar("PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > Latest)
        {
            return false;
        }

        for (int step = version; step < Latest; step++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            connection.Run(Steps[step]);
            connection.Run($"PRAGMA user_version = {step + 1}");
            transaction.Commit();
        }

        return true;
    }
}
