using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Appliance.Service.Mqtt.AudioIn;
using Appliance.Speech.Capture;

namespace Appliance.Service.Mqtt.Client;

/// <summary>Sends a recording in chunks: decoded here, as 16 kHz mono PCM, whatever the file holds.</summary>
internal static class RecordingSender
{
    private const int RateHz = 16000;
    private const int MostUnacknowledged = 8;
    private const int ChunkSamples = (AudioChunk.LargestBytes - AudioChunk.HeadBytes) / 2;

    /// <summary>What a request says of the stream.</summary>
    public static JsonObject Describe(string? stream)
    {
        JsonObject described = new() { ["codec"] = "pcm", ["rate"] = RateHz, ["width"] = 2, ["channels"] = 1 };
        if (stream is not null)
        {
            described["stream"] = stream;
        }

        return described;
    }

    /// <summary>Sends all of it.</summary>
    /// <param name="client">Over which connection.</param>
    /// <param name="topic">Where the chunks go.</param>
    /// <param name="input">The recording.</param>
    /// <param name="pace">Waited for before each chunk; null sends as fast as it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AudioInputException">The file can't be read.</exception>
    public static async Task SendAsync(NodeClient client, string topic, AudioInput input, Func<TimeSpan, Task>? pace, CancellationToken cancellationToken)
    {
        using AudioDecoder decoder = input.Open(cancellationToken);
        using SemaphoreSlim window = new(MostUnacknowledged);
        List<Task> sending = [];
        float[] samples = new float[ChunkSamples];
        uint sequence = 0;
        long offset = 0;
        bool more = true;
        while (more)
        {
            int count = Fill(decoder, samples);
            more = count == samples.Length;
            byte[] chunk = new byte[AudioChunk.HeadBytes + (count * 2)];
            new AudioChunk(!more, false, sequence++, (uint)offset).Write(chunk);
            for (int i = 0; i < count; i++)
            {
                short value = (short)Math.Clamp(MathF.Round(samples[i] * short.MaxValue), short.MinValue, short.MaxValue);
                BinaryPrimitives.WriteInt16LittleEndian(chunk.AsSpan(AudioChunk.HeadBytes + (i * 2)), value);
            }

            offset += count;
            if (pace is not null)
            {
                await pace(TimeSpan.FromSeconds(offset / (double)RateHz));
            }

            await window.WaitAsync(cancellationToken);
            sending.RemoveAll(task => task.IsCompletedSuccessfully);
            sending.Add(SendOneAsync(chunk));
        }

        await Task.WhenAll(sending);

        async Task SendOneAsync(byte[] chunk)
        {
            try
            {
                await client.PublishAsync(topic, chunk, cancellationToken, TimeSpan.FromSeconds(10));
            }
            finally
            {
                window.Release();
            }
        }
    }

    private static int Fill(AudioDecoder decoder, Span<float> samples)
    {
        int filled = 0;
        while (filled < samples.Length)
        {
            int read = decoder.Read(samples[filled..]);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }
}
