using System.Diagnostics;
using Appliance.Inference.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelCatalogFullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _disk;
    private readonly bool _isMounted;

    public ModelCatalogFullDiskTests()
    {
        _disk = Directory.CreateDirectory(_folder["disk"]).FullName;
        _isMounted = Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _disk);
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", _disk);
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData(1024 * 1024, 0, "models")]
    [InlineData(200 * 1024, 36 * 1024, "models/pack")]
    public void Add_DiskTooSmall_IsNotWritableAndLeavesNothing(int readmeBytes, int otherBytes, string place)
    {
        Assert.SkipUnless(_isMounted, "mounting a small file system needs root");
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");
        _folder.Write("pack/README.md", new byte[readmeBytes]);

        // in the second case the sizes fit, the files in whole pages do not: the disk is full in the middle of the copy
        File.WriteAllBytes(Path.Combine(_disk, "other"), new byte[otherBytes]);
        ModelCatalog catalog = new([Path.Combine(_disk, "models")], cachePath: null, NullLogger.Instance, TimeProvider.System);

        ModelException fault = Assert.Throws<ModelException>(() => catalog.Add(source));

        Assert.Equal(ModelError.NotWritable, fault.Code);
        Assert.Equal(Path.Combine(_disk, place), fault.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_disk, "models")));
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
