using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Storage;

/// <summary>
/// The one SQLite database (WAL, synchronous=FULL). All writes go through one thread, which takes what is waiting into one transaction: a
/// task is complete when its write is on the disk. Thread-safe.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private const int MostTogether = 64;
    private const int SqliteFull = 13;
    private const int SqliteInputOutput = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;
    private const int SqliteReadOnly = 8;

    private readonly BlockingCollection<DatabaseWrite> _writes = new(new ConcurrentQueue<DatabaseWrite>(), 4096);
    private readonly SqliteConnection _connection;
    private readonly string _readOnlySource;
    private readonly Thread _thread;

    private StateDatabase(string path, SqliteConnection connection)
    {
        _connection = connection;
        _readOnlySource = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 5 }.ToString();
        _thread = new Thread(Work) { Name = "storage", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What was set aside at the opening, as a reason code; null when all was well.</summary>
    public string? Problem { get; private init; }

    /// <summary>Opens or makes the database; a damaged one, or one of a newer program, is set aside and a new one made.</summary>
    /// <param name="folder">The state directory; made when it is not there, for its owner alone.</param>
    /// <param name="time">For the name of what is set aside.</param>
    /// <param name="logger">Told of that.</param>
    /// <exception cref="StorageException">There can be none.</exception>
    public static StateDatabase Open(string folder, TimeProvider time, ILogger logger)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            string path = Path.Combine(folder, "appliance.db");
            SqliteConnection? connection = TryOpen(path, out string? problem);
            if (connection is null)
            {
                string aside = $"{path}.{problem}-{time.GetUtcNow().ToUnixTimeSeconds()}";
                foreach (string suffix in new[] { "", "-wal", "-shm" })
                {
                    if (File.Exists(path + suffix))
                    {
                        File.Move(path + suffix, aside + suffix);
                    }
                }

                Log.SetAside(logger, path, problem!, aside);
                connection = TryOpen(path, out _) ?? throw Unusable(path, "a new database can't be read");
            }

            return new StateDatabase(path, connection) { Problem = problem };
        }
        catch (SqliteException fault)
        {
            throw Explain(fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, fault.Message);
        }
    }

    /// <summary>Writes; what several callers write at a time goes to the disk at once.</summary>
    /// <param name="action">Runs on the writer's thread, in a transaction; its changes are undone when it throws.</param>
    /// <exception cref="StorageException">The task fails with it when the disk is full or the database can't be used.</exception>
    public Task<T> Write<T>(Func<SqliteConnection, T> action)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T? result = default;
        Enqueue(new(connection => result = action(connection), () => done.TrySetResult(result!), fault => done.TrySetException(fault)));
        return done.Task;
    }

    /// <summary>As the other one, without a result.</summary>
    public Task Write(Action<SqliteConnection> action) => Write(connection =>
    {
        action(connection);
        return true;
    });

    /// <summary>Reads, from any thread.</summary>
    /// <exception cref="StorageException">The database can't be used.</exception>
    public T Read<T>(Func<SqliteConnection, T> action)
    {
        try
        {
            using SqliteConnection connection = new(_readOnlySource);
            connection.Open();
            return action(connection);
        }
        catch (SqliteException fault)
        {
            throw Explain(fault);
        }
    }

    /// <summary>Gives the room of what was deleted back, so that nothing of it is left in the files.</summary>
    public Task Compact()
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new(connection =>
        {
            connection.Run("VACUUM");
            connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }, () => done.TrySetResult(), fault => done.TrySetException(fault)) { IsAlone = true });
        return done.Task;
    }

    /// <summary>Empties the log into the file, so that what was deleted is in neither.</summary>
    public Task Checkpoint()
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new(connection => connection.Run("PRAGMA wal_checkpoint(TRUNCATE)"), () => done.TrySetResult(), fault => done.TrySetException(fault)) { IsAlone = true });
        return done.Task;
    }

    /// <summary>Writes what is waiting, then closes the database.</summary>
    public void Dispose()
    {
        _writes.CompleteAdding();
        _thread.Join();

        // the last one to leave empties the log into the file, which those that only read can't
        SqliteConnection.ClearAllPools();
        _connection.Dispose();
        _writes.Dispose();
    }

    private void Enqueue(DatabaseWrite write)
    {
        try
        {
            _writes.Add(write);
        }
        catch (InvalidOperationException)
        {
            write.Fail(new StorageException(StorageError.Unusable, "the service is stopping: send it again when it is back"));
        }
    }

    private static SqliteConnection? TryOpen(string path, out string? problem)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            problem = Migrations.Run(connection) ? null : "newer";
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            problem = "damaged";
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        if (problem is null)
        {
            return connection;
        }

        connection.Dispose();
        return null;
    }

    private void Work()
    {
        List<DatabaseWrite> together = [];
        foreach (DatabaseWrite first in _writes.GetConsumingEnumerable())
        {
            if (first.IsAlone)
            {
                Try(() => first.Run(_connection), [first]);
                continue;
            }

            together.Clear();
            together.Add(first);
            while (together.Count < MostTogether && _writes.TryTake(out DatabaseWrite? next))
            {
                together.Add(next);
                if (next.IsAlone)
                {
                    break;
                }
            }

            DatabaseWrite? alone = together[^1].IsAlone ? together[^1] : null;
            together.RemoveAll(write => write.IsAlone);
            Commit(together);
            if (alone is not null)
            {
                Try(() => alone.Run(_connection), [alone]);
            }
        }
    }

    private void Commit(List<DatabaseWrite> writes)
    {
        Try(() =>
        {
            _connection.Run("BEGIN IMMEDIATE");
            try
            {
                foreach (DatabaseWrite write in writes)
                {
                    RunOne(write);
                }

                _connection.Run("COMMIT");
            }
            catch
            {
                TryRollBack();
                throw;
            }
        }, writes);
    }

    /// <summary>One write's fault undoes that write alone.</summary>
    private void RunOne(DatabaseWrite write)
    {
        _connection.Run("SAVEPOINT one");
        try
        {
            write.Run(_connection);
        }
        catch (Exception fault) when (fault is not SqliteException)
        {
            _connection.Run("ROLLBACK TO one");
            write.Fault = fault;
        }

        _connection.Run("RELEASE one");
    }

    private void TryRollBack()
    {
        try
        {
            _connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolled back by itself, as it does when the disk is full
        }
    }

    private static void Try(Action action, IReadOnlyList<DatabaseWrite> writes)
    {
        Exception? failure = null;
        try
        {
            action();
        }
        catch (SqliteException fault)
        {
            failure = Explain(fault);
        }
        catch (Exception fault)
        {
            failure = fault;
        }

        foreach (DatabaseWrite write in writes)
        {
            if ((failure ?? write.Fault) is { } fault)
            {
                write.Fail(fault);
            }
            else
            {
                write.Complete();
            }
        }
    }

    private static StorageException Explain(SqliteException fault) => fault.SqliteErrorCode switch
    {
        // a write that fails half-way on a full disk comes as an input/output error too
        SqliteFull or SqliteInputOutput => new(StorageError.DiskFull, $"the database can't be written ({fault.Message}): free space on the disk of the state directory", fault),
        SqliteReadOnly => new(StorageError.Unusable, $"the database can't be written ({fault.Message}): give the state directory to the user of the service", fault),
        _ => new(StorageError.Unusable, $"the database can't be used ({fault.Message}): look at the disk; with the service stopped, the file can be moved away", fault),
    };

    private static StorageException Unusable(string path, string what) =>
        new(StorageError.Unusable, $"{path} can't be used for the state ({what}): make it writable, or name another with storage.directory");
}
