namespace Appliance.Service.Health.Doctor;

/// <summary>Whether models can be found and added.</summary>
internal sealed class ModelRootsCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "model-roots";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        IReadOnlyList<string> roots = context.Catalog.Roots;
        string[] present = [.. roots.Where(Directory.Exists)];
        if (present.Length == 0)
        {
            yield return Finding.Fault($"none of {string.Join(", ", roots)} is there: install the models, or set models.roots");
            yield break;
        }

        string? writable = roots.FirstOrDefault(CanWrite);
        yield return writable is null
            ? Finding.Warning($"{string.Join(", ", present)} (read only)", $"to add models, run as root or make {roots[0]} writable")
            : Finding.Ok($"{string.Join(", ", present)}; models are added to {writable}");
    }

    // a folder that is not there yet is made when its nearest existing parent lets it
    private static bool CanWrite(string root)
    {
        DirectoryInfo? folder = new(root);
        while (folder is { Exists: false })
        {
            folder = folder.Parent;
        }

        return folder is not null && WritableFolder.Probe(folder.FullName) is null;
    }
}
