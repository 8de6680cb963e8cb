using System.Buffers.Binary;
using System.Text;

namespace Appliance.Speech.Tests.Capture;

/// <summary>Writes small WAV files, true ones and lying ones.</summary>
internal static class WavFile
{
    public const ushort Pcm = 1;
    public const ushort Float = 3;

    /// <summary>16-bit mono, as honest as can be.</summary>
    public static byte[] Mono16(ReadOnlySpan<short> samples, int rateHz = 16000)
    {
        byte[] data = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(i * 2), samples[i]);
        }

        return Build(Pcm, 1, rateHz, 16, data);
    }

    /// <summary>32-bit float, interleaved.</summary>
    public static byte[] Float32(ReadOnlySpan<float> samples, int channels, int rateHz = 16000)
    {
        byte[] data = new byte[samples.Length * 4];
        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * 4), samples[i]);
        }

        return Build(Float, channels, rateHz, 32, data);
    }

    /// <summary>A header that says whatever it is told to, and the data behind it.</summary>
    public static byte[] Build(ushort format, int channels, int rateHz, int bits, ReadOnlySpan<byte> data, uint? riffSize = null, uint? dataSize = null)
    {
        byte[] file = new byte[44 + data.Length];
        Encoding.ASCII.GetBytes("RIFF").CopyTo(file, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), riffSize ?? (uint)(36 + data.Length));
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(file, 8);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(20), format);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(22), (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24), (uint)rateHz);
        int align = channels * bits / 8;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(28), unchecked((uint)(rateHz * align)));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), unchecked((ushort)align));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(34), (ushort)bits);
        Encoding.ASCII.GetBytes("data").CopyTo(file, 36);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), dataSize ?? (uint)data.Length);
        data.CopyTo(file.AsSpan(44));
        return file;
    }

    /// <summary>A tone, 16-bit.</summary>
    public static short[] Tone(int samples, int rateHz = 16000, double hertz = 440) =>
        [.. Enumerable.Range(0, samples).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * hertz * i / rateHz)))];
}
