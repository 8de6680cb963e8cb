namespace Appliance.Inference.Models;

/// <summary>Where models are looked for unless the configuration says otherwise.</summary>
public static class ModelRoots
{
    /// <summary>Models that were added on this machine.</summary>
    public const string Local = "/var/lib/appliance/models";

    /// <summary>Models that came with the package; never written to.</summary>
    public const string BuiltIn = "/usr/share/appliance/models";

    /// <summary>The default order; in a source tree its own <c>rootfs</c> comes last.</summary>
    public static IReadOnlyList<string> Default { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Whether a root is the package's own, installed or in a source tree.</summary>
    internal static bool IsBuiltIn(string root) => Path.TrimEndingDirectorySeparator(root).EndsWith(BuiltIn, StringComparison.Ordinal);

    internal static IReadOnlyList<string> Find(string programFolder)
    {
        for (DirectoryInfo? folder = new(programFolder); folder is not null; folder = folder.Parent)
        {
            string inTree = Path.Combine(folder.FullName, "rootfs", "usr", "share", "appliance", "models");
            if (File.Exists(Path.Combine(folder.FullName, "Appliance.sln")) && Directory.Exists(inTree))
            {
                return [Local, BuiltIn, inTree];
            }
        }

        return [Local, BuiltIn];
    }
}
