namespace Appliance.Inference.Models;

/// <summary>Looks at a folder that somebody wants to add: is it a model that this version can use, and which files make it up?</summary>
internal static class AdoptionSource
{
    /// <exception cref="ModelException">It is not; the message names what is missing.</exception>
    public static AdoptionPlan Read(string path, string? name)
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw File.Exists(folder)
                ? new ModelException(ModelError.Unsupported, folder, $"{folder} is a file: unpack it, or give the folder that it lies in")
                : new ModelException(ModelError.Incomplete, folder, $"there is no folder {folder}: give the path of a model folder");
        }

        try
        {
            return Plan(folder, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelError.Damaged, folder, $"{folder} can't be read ({e.Message}): check its owner and permissions", e);
        }
    }

    private static AdoptionPlan Plan(string folder, string? name)
    {
        AdoptionPlan plan = File.Exists(ModelManifestFile.PathIn(folder)) ? OfManifest(folder, name)
            : DiffusionAdoption.Matches(folder) ? DiffusionAdoption.Plan(folder, CheckName(name ?? DefaultName(folder), folder))
            : WhisperAdoption.Plan(folder, CheckName(name ?? DefaultName(folder), folder));
        foreach (ModelFile file in plan.Manifest.Files)
        {
            SourceLinks.Check(folder, file.Path);
        }

        return plan;
    }

    private static AdoptionPlan OfManifest(string folder, string? name)
    {
        ModelManifest manifest = ModelManifestFile.Read(folder);
        ModelManifest renamed = name is null ? manifest : manifest with { Name = CheckName(name, folder) };
        if (renamed.Kind == ModelKinds.Whisper)
        {
            _ = WhisperFiles.Find(new(folder, renamed));
        }

        return new(folder, renamed, IsPromised: true);
    }

    private static string CheckName(string name, string folder) => ModelName.IsValid(name)
        ? name
        : throw new ModelException(ModelError.Unsupported, folder, $"\"{name}\" can't be the name of a model: choose another with --name, {ModelName.Rule}");

    private static string DefaultName(string folder)
    {
        // in the hub's cache a folder is named by a revision: hub/models--OWNER--NAME/snapshots/REVISION
        string repository = SourceLinks.HubRepository(folder) ?? folder;
        return Path.GetFileName(repository).Split("--")[^1].ToLowerInvariant();
    }
}
