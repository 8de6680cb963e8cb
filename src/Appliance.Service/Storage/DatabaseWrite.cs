using Microsoft.Data.Sqlite;

namespace Appliance.Service.Storage;

/// <summary>A write that waits for the writer's thread.</summary>
/// <param name="Run">The work.</param>
/// <param name="Complete">Called when it is on the disk.</param>
/// <param name="Fail">Called when it is not.</param>
internal sealed record DatabaseWrite(Action<SqliteConnection> Run, Action Complete, Action<Exception> Fail)
{
    /// <summary>Whether it can't stand in a transaction.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Its own fault.</summary>
    public Exception? Fault { get; set; }
}
