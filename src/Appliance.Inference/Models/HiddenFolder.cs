namespace Appliance.Inference.Models;

/// <summary>Folders that the catalogue does not see, for what is not finished yet or not gone yet.</summary>
internal static class HiddenFolder
{
    public const string Adding = ".adding-";
    public const string Removing = ".removing-";

    // longer than any copy takes: what is older was left by a process that was cut off
    private static readonly TimeSpan Leftover = TimeSpan.FromDays(1);

    public static string PathFor(string root, string purpose, string name) => Path.Combine(root, $"{purpose}{name}-{Environment.ProcessId}-{Guid.NewGuid():N}");

    /// <exception cref="ModelException">NotWritable.</exception>
    public static string Create(string root, string purpose, string name)
    {
        try
        {
            return Directory.CreateDirectory(PathFor(root, purpose, name)).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelError.NotWritable, root, $"{root} can't be written ({e.Message}): correct its permissions, or run this as root", e);
        }
    }

    public static void DeleteLeftovers(string root, TimeProvider time)
    {
        foreach (string folder in Directory.EnumerateDirectories(root, ".*").Where(IsOurs))
        {
            if (time.GetUtcNow() - Directory.GetLastWriteTimeUtc(folder) > Leftover)
            {
                TryDelete(folder);
            }
        }
    }

    public static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it is hidden from the catalogue, and the next one to add or remove a model here tries again
        }
    }

    private static bool IsOurs(string folder) => Path.GetFileName(folder) is { } name
        && (name.StartsWith(Adding, StringComparison.Ordinal) || name.StartsWith(Removing, StringComparison.Ordinal));
}
