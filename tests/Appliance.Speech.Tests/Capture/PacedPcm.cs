using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using Appliance.Native;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Capture;

/// <summary>
/// The paced capture PCM of tests/native/paced_pcm.c, compiled here, and the file by which it is told what to do. ALSA's configuration holds it
/// alone.
/// </summary>
internal sealed class PacedPcm : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _control;

    public PacedPcm()
    {
        string library = Path.Combine(_folder.Path, "libpaced_pcm.so");
        string source = Path.Combine(RepositoryFolder.Path, "tests/native/paced_pcm.c");
        using Process compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-DPIC", "-D_GNU_SOURCE", "-O2", source, "-o", library, "-lasound"]))!;
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        string control = _folder.Write("control", new byte[4096]);
        string configuration = Path.Combine(_folder.Path, "asound.conf");
        File.WriteAllText(configuration, $"pcm_type.paced {{ lib \"{library}\" }}\npcm.paced {{ type paced control \"{control}\" }}\n");
        _file = MemoryMappedFile.CreateFromFile(control, FileMode.Open);
        _control = _file.CreateViewAccessor();
        ProcessVariable.Set("ALSA_CONFIG_PATH", configuration);
    }

    /// <summary>The error number that the next reading gives, once.</summary>
    public int Raise
    {
        set => _control.Write(0, value);
    }

    /// <summary>The error number that opening gives while it is not 0.</summary>
    public int Refuse
    {
        set => _control.Write(4, value);
    }

    /// <summary>Whether the device runs.</summary>
    public bool IsRunning => _control.ReadInt32(12) != 0;

    public void Dispose()
    {
        _control.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }
}
