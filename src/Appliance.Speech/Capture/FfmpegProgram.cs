namespace Appliance.Speech.Capture;

/// <summary>Where ffmpeg is installed, if it is.</summary>
internal static class FfmpegProgram
{
    /// <summary>What to do where it is missing.</summary>
    public const string InstallCommand = "sudo apt-get install ffmpeg";

    /// <summary>Full path of the program in the folders of PATH, or null. Looked up each time, since it may be installed meanwhile.</summary>
    public static string? Find() => Find(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>As <see cref="Find()"/>, for a given search path.</summary>
    public static string? Find(string? searchPath) =>
        (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, "ffmpeg"))
            .FirstOrDefault(File.Exists);
}
