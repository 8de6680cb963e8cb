using System.Diagnostics;
using System.IO.MemoryMappedFiles;

namespace Appliance.Testing.Microphones;

/// <summary>
/// The paced capture PCM of tests/native/paced_pcm.c, compiled here, and the file by which it is told what to do: a microphone named
/// <c>paced</c> for whoever has <see cref="Configuration"/> as ALSA_CONFIG_PATH.
/// </summary>
public sealed class PacedPcm : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("paced-pcm-");
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _control;

    /// <param name="samples">What it hears, 16 kHz mono, over and over; empty: each sample is its own number.</param>
    public PacedPcm(ReadOnlySpan<short> samples = default)
    {
        string library = Path.Combine(_folder.FullName, "libpaced_pcm.so");
        string source = Path.Combine(RepositoryFolder.Path, "tests/native/paced_pcm.c");
        using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-DPIC", "-D_GNU_SOURCE", "-O2", source, "-o", library, "-lasound"]);
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            throw new InvalidOperationException($"{source} could not be compiled");
        }

        string control = Path.Combine(_folder.FullName, "control");
        File.WriteAllBytes(control, new byte[4096]);
        string heard = Path.Combine(_folder.FullName, "samples");
        File.WriteAllBytes(heard, System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples));
        string hears = samples.IsEmpty ? string.Empty : $" samples \"{heard}\"";
        File.WriteAllText(Configuration, $"pcm_type.paced {{ lib \"{library}\" }}\npcm.paced {{ type paced control \"{control}\"{hears} }}\n");
        _file = MemoryMappedFile.CreateFromFile(control, FileMode.Open);
        _control = _file.CreateViewAccessor();
    }

    /// <summary>ALSA's configuration, which holds this device alone.</summary>
    public string Configuration => Path.Combine(_folder.FullName, "asound.conf");

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

    /// <inheritdoc/>
    public void Dispose()
    {
        _control.Dispose();
        _file.Dispose();
        _folder.Delete(recursive: true);
    }
}
