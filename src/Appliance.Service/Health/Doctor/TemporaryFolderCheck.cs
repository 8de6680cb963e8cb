namespace Appliance.Service.Health.Doctor;

/// <summary>Whether standard input can be kept while it is transcribed.</summary>
internal sealed class TemporaryFolderCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "temporary-folder";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        string folder = Path.GetTempPath();
        yield return WritableFolder.Probe(folder) is { } reason
            ? Finding.Warning($"{folder} can't be written ({reason})", "set TMPDIR to a folder that can; standard input is kept there")
            : Finding.Ok(folder);
    }
}
