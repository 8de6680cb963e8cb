namespace Appliance.Service.Configuration;

/// <summary>Section <c>storage</c>.</summary>
internal sealed record StorageSettings
{
    /// <summary>The state directory.</summary>
    public string Directory { get; init; } = DefaultDirectory();

    /// <summary>Days that transcripts and image parameters are kept; 0 keeps nothing.</summary>
    public int RetentionDays { get; init; }

    /// <summary>Bytes that the database may take.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>What was changed at run time.</summary>
    public string SettingsFile => Path.Combine(Directory, "settings.json");

    private static string DefaultDirectory()
    {
        if (Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } given)
        {
            return given.Split(':')[0];
        }

        string state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named)
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "appliance");
    }
}
