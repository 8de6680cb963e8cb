namespace Appliance.Inference.Models;

/// <summary>Keeps the paths that a model names inside its folder, on paper and through symbolic links.</summary>
internal static class RelativePath
{
    // as the kernel's own limit on one path
    private const int MaximumLinks = 40;

    /// <summary>Whether the text, with forward slashes, can only mean something below the folder it is relative to.</summary>
    public static bool IsSafe(string path) =>
        path.Length is > 0 and <= 1024
        && !path.Contains('\\', StringComparison.Ordinal)
        && !path.Any(char.IsControl)
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>Whether the file really lies in the folder once every symbolic link on the way is followed; true for what is not there.</summary>
    public static bool StaysInside(string folder, string relativePath)
    {
        string root = Resolve(Path.GetFullPath(folder));
        string target = Resolve(Path.Combine(root, relativePath));
        return target.StartsWith(root.EndsWith('/') ? root : root + "/", StringComparison.Ordinal);
    }

    /// <summary>The path with every symbolic link followed, in every component (.NET follows only the last).</summary>
    /// <exception cref="IOException">More than 40 links.</exception>
    public static string Resolve(string fullPath)
    {
        Stack<string> rest = new(fullPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        string resolved = "/";
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            if (part is ".")
            {
                continue;
            }

            if (part is "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
                continue;
            }

            string next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw new IOException($"{fullPath} goes through more than {MaximumLinks} symbolic links");
            }

            foreach (string piece in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                rest.Push(piece);
            }

            resolved = target.StartsWith('/') ? "/" : resolved;
        }

        return resolved;
    }
}
