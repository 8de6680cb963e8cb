using System.Buffers.Binary;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Sends samples as the chunks of a stream (control-plane.md §2.4).</summary>
internal static class Chunks
{
    private const int Head = 12;

    /// <summary>Sends all of them, the last one marked as the end.</summary>
    /// <param name="probe">The sender.</param>
    /// <param name="topic">Where.</param>
    /// <param name="samples">16-bit samples.</param>
    /// <param name="chunkBytes">Bytes of a chunk's content.</param>
    /// <param name="without">Numbers of chunks that get lost.</param>
    public static async Task SendAsync(Probe probe, string topic, short[] samples, int chunkBytes = 65000, params int[] without)
    {
        int each = chunkBytes / 2;
        int count = (samples.Length + each - 1) / each;
        for (int i = 0; i < count; i++)
        {
            if (!without.Contains(i))
            {
                await probe.SendAsync(topic, Of(samples.AsSpan(i * each, Math.Min(each, samples.Length - (i * each))), (uint)i, (uint)(i * each), i == count - 1));
            }
        }
    }

    /// <summary>One chunk.</summary>
    public static byte[] Of(ReadOnlySpan<short> samples, uint sequence, uint offset, bool isEnd)
    {
        byte[] chunk = new byte[Head + (samples.Length * 2)];
        chunk[0] = 1;
        chunk[1] = (byte)(isEnd ? 1 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(8), offset);
        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(chunk.AsSpan(Head + (i * 2)), samples[i]);
        }

        return chunk;
    }
}
