using System.Buffers.Binary;

namespace Appliance.Service.Mqtt.AudioIn;

/// <summary>The head of a chunk: 12 bytes, little endian (control-plane.md §2.4).</summary>
/// <param name="IsEnd">Whether nothing comes after it.</param>
/// <param name="IsDiscard">Whether the sender gives the stream up.</param>
/// <param name="Sequence">Number of the chunk, from 0.</param>
/// <param name="Offset">Where its content begins: in samples for PCM, in bytes for other codecs.</param>
internal readonly record struct AudioChunk(bool IsEnd, bool IsDiscard, uint Sequence, uint Offset)
{
    /// <summary>Bytes of the head.</summary>
    public const int HeadBytes = 12;

    /// <summary>Bytes of a chunk with its head.</summary>
    public const int LargestBytes = 64 << 10;

    private const byte Version = 1;
    private const byte End = 1;
    private const byte Discard = 2;

    /// <summary>Reads a head.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out AudioChunk chunk)
    {
        chunk = default;
        if (bytes.Length is < HeadBytes or > LargestBytes || bytes[0] != Version)
        {
            return false;
        }

        chunk = new((bytes[1] & End) != 0, (bytes[1] & Discard) != 0, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
        return true;
    }

    /// <summary>Writes a head.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[0] = Version;
        bytes[1] = (byte)((IsEnd ? End : 0) | (IsDiscard ? Discard : 0));
        bytes[2..4].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Offset);
    }
}
