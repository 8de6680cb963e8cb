using Appliance.Native;

namespace Appliance.Testing;

/// <summary>The clip that the product ships: J. F. Kennedy, 11 s, public domain.</summary>
public static class BundledClip
{
    /// <summary>Full path of the file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(RepositoryFolder.Path, "rootfs", "usr", "share", "appliance", "clips", "jfk.flac");

    /// <summary>All of its samples, 16 kHz mono, [-1, 1].</summary>
    public static float[] ReadSamples()
    {
        using AudioFileReader reader = AudioFileReader.Open(Path, new AudioFileOptions());
        float[] samples = new float[12 * 16000];
        int count = 0;
        int read;
        while ((read = reader.Read(samples.AsSpan(count))) > 0)
        {
            count += read;
        }

        return samples[..count];
    }
}
