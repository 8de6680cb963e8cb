namespace Appliance.Inference.Models;

/// <summary>Looks through the roots and decides which folder answers to which name.</summary>
internal static class ModelListing
{
    public static IReadOnlyList<ModelEntry> Of(IReadOnlyList<string> roots)
    {
        List<ModelEntry> entries = [];
        Dictionary<string, string> first = new(StringComparer.Ordinal);
        foreach (ModelEntry entry in roots.SelectMany(EntriesOf))
        {
            bool isFirst = first.TryAdd(entry.Name, entry.Path);
            entries.Add(isFirst ? entry : Hide(entry, first[entry.Name]));
        }

        return entries;
    }

    private static ModelEntry Hide(ModelEntry entry, string by) => entry with
    {
        HiddenBy = by,
        Problem = entry.Problem ?? new(ModelError.AlreadyThere, entry.Path, $"{entry.Path} is hidden by {by}, which has the same name: remove one of them, or use this one by its path"),
    };

    private static IEnumerable<ModelEntry> EntriesOf(string root)
    {
        try
        {
            // hidden folders are adoptions in progress or leftovers of one that was cut off
            string[] folders = [.. Directory.EnumerateDirectories(root).Where(folder => !Path.GetFileName(folder).StartsWith('.')).Order(StringComparer.Ordinal)];
            return folders.Select(folder => EntryOf(root, folder));
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ModelProblem problem = new(ModelError.Incomplete, root, $"the model root {root} can't be read ({e.Message}): check its owner and permissions");
            return [new() { Name = Path.GetFileName(root), Path = root, Root = root, Problem = problem }];
        }
    }

    private static ModelEntry EntryOf(string root, string folder)
    {
        ModelEntry entry = new() { Name = Path.GetFileName(folder), Path = folder, Root = root };
        try
        {
            ModelManifest manifest = ModelManifestFile.Read(folder);
            return entry with { Name = manifest.Name, Manifest = manifest, Problem = ModelVerifier.FindCheapProblem(new(folder, manifest)) };
        }
        catch (ModelException e)
        {
            return entry with { Problem = ModelProblem.Of(e) };
        }
    }
}
