using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Appliance.Service.Storage;

/// <summary>Single values that outlive the program.</summary>
internal sealed class MetaTable(StateDatabase database)
{
    /// <summary>A truth value; false when it was never set.</summary>
    public bool Flag(string name) => database.Read(connection => connection.Scalar("SELECT value FROM meta WHERE name = $name", ("$name", name)) is long and 1);

    /// <summary>A count; 0 when it was never raised.</summary>
    public long Count(string name) => database.Read(connection => connection.Scalar("SELECT value FROM meta WHERE name = $name", ("$name", name)) as long? ?? 0);

    /// <summary>Sets a truth value.</summary>
    public Task SetFlag(string name, bool isOn) => database.Write(connection =>
    {
        connection.Run("INSERT OR REPLACE INTO meta (name, value) VALUES ($name, $value)", ("$name", name), ("$value", isOn ? 1 : 0));
    });

    /// <summary>The next number of a count, from 1; inside a write.</summary>
    public static long Next(SqliteConnection connection, string name) => Convert.ToInt64(connection.Scalar(
        "INSERT INTO meta (name, value) VALUES ($name, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value", ("$name", name)), CultureInfo.InvariantCulture);
}
