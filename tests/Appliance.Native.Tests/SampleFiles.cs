namespace Appliance.Native.Tests;

/// <summary>Samples and audio files for the tests.</summary>
internal static class SampleFiles
{
    /// <summary>All samples of a file, 16 kHz mono.</summary>
    internal static float[] ReadAll(string path, AudioFileOptions? options = null)
    {
        using AudioFileReader reader = AudioFileReader.Open(path, options ?? new AudioFileOptions());
        return ReadAll(reader);
    }

    /// <summary>What is left of an open file.</summary>
    internal static float[] ReadAll(AudioFileReader reader)
    {
        List<float> samples = [];
        float[] block = new float[4096];
        for (int count = reader.Read(block); count > 0; count = reader.Read(block))
        {
            samples.AddRange(block.AsSpan(0, count));
        }

        return [.. samples];
    }

    /// <summary>Noise of a fixed seed, within ±0.5.</summary>
    internal static float[] Noise(int count)
    {
        Random random = new(13);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++)
        {
            samples[i] = (float)(random.NextDouble() - 0.5);
        }

        return samples;
    }

    /// <summary>A WAV file of 16-bit samples. Sizes in its header are what is given, or the truth.</summary>
    internal static byte[] Wav(short[] interleaved, int channels = 1, int rateHz = 16_000, uint? dataBytes = null)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        uint size = dataBytes ?? (uint)interleaved.Length * 2;
        writer.Write("RIFF"u8);
        writer.Write(dataBytes ?? size + 36);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((ushort)channels);
        writer.Write(rateHz);
        writer.Write(unchecked(rateHz * channels * 2));
        writer.Write((ushort)(channels * 2));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(size);
        foreach (short sample in interleaved)
        {
            writer.Write(sample);
        }

        return stream.ToArray();
    }
}
