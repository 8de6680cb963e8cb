using Appliance.Native.Interop;
using Appliance.Testing;

namespace Appliance.Native.Tests;

public sealed class NativeRuntimeTests
{
    private static readonly string[] SimdNames = ["avx512", "avx2", "neon", "scalar"];

    [Fact]
    public void LibraryPath_SourceTree_IsALoadedFile()
    {
        Assert.True(File.Exists(NativeRuntime.LibraryPath));
        Assert.Equal(NativeMethods.AbiVersion, NativeRuntime.AbiVersion);
        Assert.Contains(NativeRuntime.SimdLevel, SimdNames);
    }

    [Fact]
    public void Load_NoFile_SaysHowToBuild()
    {
        NativeException exception = Assert.Throws<NativeException>(() => NativeLibraryLoader.Load(["/nowhere/libappliance.so"]));
        Assert.Equal(NativeStatus.LibraryMissing, exception.Status);
        Assert.Contains("cmake --build build", exception.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/libappliance.so", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NotALibrary_NamesTheFile()
    {
        using ScratchFolder folder = new();
        string path = folder.Write("libappliance.so", "no library"u8.ToArray());
        NativeException exception = Assert.Throws<NativeException>(() => NativeLibraryLoader.Load([path]));
        Assert.Equal(NativeStatus.LibraryMissing, exception.Status);
        Assert.Equal(path, exception.Path);
    }

    [Fact]
    public void Load_ForeignLibrary_IsAMismatch()
    {
        string foreign = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.so").FirstOrDefault()
            ?? Directory.EnumerateFiles("/usr/lib", "libsoxr.so.0", SearchOption.AllDirectories).First();
        NativeException exception = Assert.Throws<NativeException>(() => NativeLibraryLoader.Load([foreign]));
        Assert.Equal(NativeStatus.LibraryMismatch, exception.Status);
    }

    [Fact]
    public void Candidates_NamedFolder_IsTheOnlyOne() =>
        Assert.Equal(["/opt/x/libappliance.so"], NativeLibraryFolders.Candidates("/opt/x", AppContext.BaseDirectory));

    [Fact]
    public void Candidates_SourceTree_EndsWithBuildAndSystem()
    {
        IReadOnlyList<string> candidates = NativeLibraryFolders.Candidates(null, AppContext.BaseDirectory);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "libappliance.so"), candidates[0]);
        Assert.Equal(Path.Combine(RepositoryFolder.Path, "build", "native", "libappliance.so"), candidates[^2]);
        Assert.Equal("/usr/lib/appliance/libappliance.so", candidates[^1]);
    }
}
