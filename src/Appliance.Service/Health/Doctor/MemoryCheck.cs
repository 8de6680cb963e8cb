
namespace Appliance.Service.Health.Doctor;

/// <summary>Whether the default model fits.</summary>
internal sealed class MemoryCheck : IDoctorCheck
{
    // peak of the default model with the defaults, and some room
    private const long NeededBytes = 400_000_000;

    private readonly string _file;

    public MemoryCheck(string file = "/proc/meminfo") => _file = file;

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        SystemMemory memory = new(_file);
        if (memory.Available is not { } available || memory.Total is not { } total)
        {
            yield return Finding.Warning($"{_file} does not say how much memory there is", "check it with 'free -m'");
            yield break;
        }

        string text = FormattableString.Invariant($"{available / 1e6:0} MB free of {total / 1e6:0} MB");
        yield return available >= NeededBytes
            ? Finding.Ok(text)
            : Finding.Warning(text, FormattableString.Invariant($"the default model needs {NeededBytes / 1e6:0} MB: end other programs or use a smaller model"));
    }
}
