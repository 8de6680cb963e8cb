using System.Reflection;
using System.Runtime.InteropServices;

namespace Appliance.Native.Interop;

/// <summary>Finds libappliance.so, checks its ABI version and hands it to the imports of this assembly.</summary>
internal static unsafe class NativeLibraryLoader
{
    private static readonly Lazy<LoadedLibrary> Library = new(LoadForImports);

    /// <summary>The library; loads it when it is not yet.</summary>
    /// <exception cref="NativeException">Missing, unloadable, or of another version.</exception>
    internal static LoadedLibrary Loaded => Library.Value;

    internal static void EnsureLoaded() => _ = Library.Value;

    /// <summary>Loads the first of the files that exists.</summary>
    internal static LoadedLibrary Load(IReadOnlyList<string> candidates)
    {
        string path = candidates.FirstOrDefault(File.Exists)
            ?? throw new NativeException(
                NativeStatus.LibraryMissing,
                $"{NativeLibraryFolders.FileName} was not found: {NativeLibraryFolders.HowToBuild} (looked for {string.Join(", ", candidates)})");
        nint handle = Open(path);
        int version = ReadAbiVersion(handle, path);
        return version == NativeMethods.AbiVersion
            ? new LoadedLibrary(handle, path, version)
            : throw new NativeException(
                NativeStatus.LibraryMismatch,
                $"{path} has ABI version {version}, this program needs {NativeMethods.AbiVersion}: {NativeLibraryFolders.HowToBuild}",
                path);
    }

    private static LoadedLibrary LoadForImports()
    {
        LoadedLibrary library = Load(NativeLibraryFolders.Candidates(
            Environment.GetEnvironmentVariable(NativeLibraryFolders.EnvironmentVariable), AppContext.BaseDirectory));
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(), (name, _, _) => name == NativeMethods.Library ? library.Handle : 0);
        return library;
    }

    private static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeException(
                NativeStatus.LibraryMissing,
                $"{path} can't be loaded: install libsndfile1 and libsoxr0, or {NativeLibraryFolders.HowToBuild} ({exception.Message})",
                path,
                exception);
        }
    }

    private static int ReadAbiVersion(nint handle, string path)
    {
        int version;
        if (!NativeLibrary.TryGetExport(handle, "apl_abi_version", out nint export)
            || ((delegate* unmanaged<int*, int>)export)(&version) != (int)NativeStatus.Ok)
        {
            throw new NativeException(
                NativeStatus.LibraryMismatch, $"{path} is not the appliance's library: {NativeLibraryFolders.HowToBuild}", path);
        }

        return version;
    }
}
