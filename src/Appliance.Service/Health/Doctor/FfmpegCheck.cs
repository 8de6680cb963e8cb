namespace Appliance.Service.Health.Doctor;

/// <summary>Whether ffmpeg is there for what libsndfile does not read.</summary>
internal sealed class FfmpegCheck : IDoctorCheck
{
    private readonly string? _searchPath;

    public FfmpegCheck()
        : this(Environment.GetEnvironmentVariable("PATH"))
    {
    }

    internal FfmpegCheck(string? searchPath) => _searchPath = searchPath;

    /// <inheritdoc/>
    public string Name => "ffmpeg";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        string? program = (_searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "ffmpeg")).FirstOrDefault(File.Exists);
        yield return program is null
            ? Finding.Warning("not installed: M4A, MP4, WebM, WMA and the like can't be read", "apt-get install ffmpeg")
            : Finding.Ok(program);
    }
}
