namespace Appliance.Service.Configuration;

/// <summary>Finds what the product ships: installed under /usr/share/appliance, beside a relocated program, or in a source tree.</summary>
internal static class ProductFiles
{
    private const string Share = "usr/share/appliance";

    /// <summary>The configuration file that is read when none is named and this one is there.</summary>
    public const string ConfigurationFile = "/etc/appliance/appliance.json";

    /// <summary>Model roots in order: what was added on this machine, then what the product shipped with.</summary>
    public static IReadOnlyList<string> DefaultModelRoots() =>
        ["/var/lib/appliance/models", .. ShareFolders(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "models"))];

    /// <summary>Path of the bundled clip, or null when the product lies about without it.</summary>
    public static string? FindBundledClip() =>
        ShareFolders(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "clips", "jfk.flac")).FirstOrDefault(File.Exists);

    /// <summary>The share folders that go with a program in <paramref name="programFolder"/>; the installed one always counts.</summary>
    internal static IReadOnlyList<string> ShareFolders(string programFolder)
    {
        List<string> folders = ["/" + Share];
        for (DirectoryInfo? folder = new(programFolder); folder is not null; folder = folder.Parent)
        {
            // .../usr/lib/appliance/ of an unpacked package, or .artifacts/ of a source tree
            string below = File.Exists(Path.Combine(folder.FullName, "Appliance.sln")) ? Path.Combine("rootfs", Share) : Share;
            string candidate = Path.Combine(folder.FullName, below);
            if (!folders.Contains(candidate) && Directory.Exists(candidate))
            {
                folders.Add(candidate);
            }
        }

        return folders;
    }
}
