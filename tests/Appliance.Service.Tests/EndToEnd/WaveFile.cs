using System.Buffers.Binary;
using System.Text;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>Makes WAV files, honest ones and others.</summary>
public sealed record WaveFile
{
    public ushort Format { get; init; } = 1;

    public ushort Channels { get; init; } = 1;

    public uint Rate { get; init; } = 16000;

    public ushort Bits { get; init; } = 16;

    public byte[] Data { get; init; } = [];

    /// <summary>What the header says of the size of the data; null tells the truth.</summary>
    public uint? DeclaredDataBytes { get; init; }

    /// <summary>What the header says of the size of the file; null tells the truth.</summary>
    public uint? DeclaredFileBytes { get; init; }

    /// <summary>A tone of 440 Hz, 16 bits.</summary>
    public static byte[] Tone(double seconds, int rate = 16000)
    {
        byte[] data = new byte[(int)(seconds * rate) * sizeof(short)];
        for (int i = 0; i < data.Length / sizeof(short); i++)
        {
            short sample = (short)(8000 * Math.Sin(2 * Math.PI * 440 * i / rate));
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(i * sizeof(short)), sample);
        }

        return data;
    }

    public byte[] ToBytes()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, Encoding.ASCII);
        uint block = (uint)(Channels * Bits / 8);
        writer.Write("RIFF"u8);
        writer.Write(DeclaredFileBytes ?? (uint)(36 + Data.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16u);
        writer.Write(Format);
        writer.Write(Channels);
        writer.Write(Rate);
        writer.Write(Rate * block);
        writer.Write((ushort)block);
        writer.Write(Bits);
        writer.Write("data"u8);
        writer.Write(DeclaredDataBytes ?? (uint)Data.Length);
        writer.Write(Data);
        return stream.ToArray();
    }
}
