using System.Buffers.Binary;

namespace Appliance.Service.Mqtt.AudioIn;

/// <summary>The head of a WAV file with 16-bit PCM.</summary>
internal static class WaveHead
{
    /// <summary>Bytes of the head.</summary>
    public const int Bytes = 44;

    /// <summary>Writes a head.</summary>
    /// <param name="rateHz">Samples a second.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="dataBytes">Bytes of samples.</param>
    public static byte[] Of(int rateHz, int channels, long dataBytes)
    {
        uint size = (uint)Math.Min(dataBytes, uint.MaxValue - Bytes);
        byte[] head = new byte[Bytes];
        Span<byte> span = head;
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], size + Bytes - 8);
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(span[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(span[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], rateHz);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], rateHz * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(span[32..], (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(span[34..], 16);
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[40..], size);
        return head;
    }
}
