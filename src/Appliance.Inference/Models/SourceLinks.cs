namespace Appliance.Inference.Models;

/// <summary>Which symbolic links are followed in a folder that is being added.</summary>
/// <remarks>
/// Adding runs as root and makes readable copies: a link to /etc/shadow must not come through it. The one layout with
/// links that people have is the hub's cache, where every file is a link into the blobs of its own repository.
/// </remarks>
internal static class SourceLinks
{
    /// <exception cref="ModelException">Unsupported: the file lies elsewhere.</exception>
    public static void Check(string folder, string relativePath)
    {
        string path = Path.Combine(folder, relativePath);
        bool stays = RelativePath.StaysInside(folder, relativePath)
            || (HubRepository(folder) is { } repository
                && RelativePath.Resolve(path).StartsWith(Path.Combine(RelativePath.Resolve(repository), "blobs") + "/", StringComparison.Ordinal));
        if (!stays)
        {
            throw new ModelException(ModelError.Unsupported, path, $"{path} is a link that leads out of the folder: put the file itself there");
        }
    }

    /// <summary>The repository that a snapshot in the hub's cache belongs to; null for any other folder.</summary>
    public static string? HubRepository(string folder)
    {
        string? snapshots = Path.GetDirectoryName(folder);
        string? repository = Path.GetDirectoryName(snapshots);
        return Path.GetFileName(snapshots) == "snapshots" && Path.GetFileName(repository)?.StartsWith("models--", StringComparison.Ordinal) == true ? repository : null;
    }
}
