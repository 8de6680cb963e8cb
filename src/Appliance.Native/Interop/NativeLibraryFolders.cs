namespace Appliance.Native.Interop;

/// <summary>Where libappliance.so is looked for.</summary>
internal static class NativeLibraryFolders
{
    internal const string FileName = "libappliance.so";
    internal const string EnvironmentVariable = "APPLIANCE_NATIVE_DIRECTORY";
    internal const string HowToBuild = "build it with `cmake -B build && cmake --build build` in the source tree";

    private const string SystemFolder = "/usr/lib/appliance";
    private const string SolutionFile = "Appliance.sln";

    /// <summary>
    /// Files in order of preference. A folder named by the environment is the only one; else beside the program, in
    /// ../lib/appliance, in build/native of the source tree that the program lies in (before an installed one, which may be older), and
    /// in /usr/lib/appliance.
    /// </summary>
    internal static IReadOnlyList<string> Candidates(string? named, string programFolder)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return [Path.Combine(Path.GetFullPath(named), FileName)];
        }

        List<string> files =
        [
            Path.Combine(programFolder, FileName),
            Path.GetFullPath(Path.Combine(programFolder, "..", "lib", "appliance", FileName)),
        ];
        if (FindSourceTree(programFolder) is string root)
        {
            files.Add(Path.Combine(root, "build", "native", FileName));
        }

        files.Add(Path.Combine(SystemFolder, FileName));
        return files;
    }

    private static string? FindSourceTree(string start)
    {
        DirectoryInfo? folder = new(start);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, SolutionFile)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
