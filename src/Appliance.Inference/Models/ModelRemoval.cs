namespace Appliance.Inference.Models;

/// <summary>Takes a model out of its root: hidden in one step, then deleted.</summary>
internal static class ModelRemoval
{
    /// <exception cref="ModelException">NotWritable for a built-in or read-only root, Unsupported for a folder that is no model.</exception>
    public static void Run(ModelEntry entry)
    {
        if (ModelRoots.IsBuiltIn(entry.Root))
        {
            throw new ModelException(ModelError.NotWritable, entry.Path, $"{entry.Path} is built in and stays: add a model of another name and make that the default, or remove the package");
        }

        if (!File.Exists(ModelManifestFile.PathIn(entry.Path)))
        {
            throw new ModelException(ModelError.Unsupported, entry.Path, $"{entry.Path} has no {ModelManifestFile.FileName}, so it may be something else: delete the folder yourself if it is not needed");
        }

        string hidden = HiddenFolder.PathFor(entry.Root, HiddenFolder.Removing, entry.Name);
        try
        {
            Directory.Move(entry.Path, hidden);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelError.NotWritable, entry.Path, $"{entry.Path} can't be removed ({e.Message}): correct the permissions of {entry.Root}, or run this as root", e);
        }

        HiddenFolder.TryDelete(hidden);
    }
}
