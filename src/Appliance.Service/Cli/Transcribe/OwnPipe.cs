namespace Appliance.Service.Cli.Transcribe;

/// <summary>Tells a standard input that was closed when the program started: .NET's own first pipe then takes its number, and a read never ends.</summary>
internal static class OwnPipe
{
    private const string Files = "/proc/self/fd";
    private const string FlagsLabel = "flags:";
    private const int AccessBits = 3;
    private const int WriteOnly = 1;

    /// <summary>Whether standard input is a pipe that this process itself holds the writing end of.</summary>
    public static bool IsStandardInput()
    {
        string? input = TargetOf(Files + "/0");
        return input is null
            || (input.Contains("pipe:[", StringComparison.Ordinal)
                && Directory.EnumerateFileSystemEntries(Files).Any(file => TargetOf(file) == input && IsWritingEnd(Path.GetFileName(file))));
    }

    private static string? TargetOf(string file) => new FileInfo(file).LinkTarget;

    private static bool IsWritingEnd(string number)
    {
        string? flags = File.ReadLines($"/proc/self/fdinfo/{number}").FirstOrDefault(line => line.StartsWith(FlagsLabel, StringComparison.Ordinal));
        return flags is not null && (Convert.ToInt32(flags[FlagsLabel.Length..].Trim(), fromBase: 8) & AccessBits) == WriteOnly;
    }
}
