using System.Text.Json.Nodes;
using Appliance.Testing;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Requests as callers send them.</summary>
internal static class Requests
{
    private static readonly Lazy<float[]> Clip = new(BundledClip.ReadSamples);

    /// <summary>A picture.</summary>
    public static string Generate(string? id, int steps = 4, int seed = 7, string? replyTo = null, string prompt = "a red apple")
    {
        JsonObject request = new() { ["params"] = new JsonObject { ["prompt"] = prompt, ["seed"] = seed, ["steps"] = steps, ["width"] = 128, ["height"] = 128 } };
        Add(request, id, replyTo);
        return request.ToJsonString();
    }

    /// <summary>The first seconds of the bundled clip, as WAV in base64.</summary>
    public static string Transcribe(string? id, double seconds = 2, bool words = false, string? replyTo = null)
    {
        JsonObject request = new()
        {
            ["params"] = new JsonObject { ["language"] = "en", ["word_timestamps"] = words },
            ["audio"] = new JsonObject { ["encoding"] = "base64", ["content_type"] = "audio/wav", ["data"] = Convert.ToBase64String(Wave(seconds)) },
        };
        Add(request, id, replyTo);
        return request.ToJsonString();
    }

    /// <summary>The first seconds of the bundled clip, as WAV.</summary>
    public static byte[] Wave(double seconds) => new EndToEnd.WaveFile { Data = System.Runtime.InteropServices.MemoryMarshal.AsBytes(Samples(seconds).AsSpan()).ToArray() }.ToBytes();

    /// <summary>The first seconds of the bundled clip, 16 kHz mono.</summary>
    public static short[] Samples(double seconds)
    {
        float[] clip = Clip.Value;
        short[] samples = new short[(int)(seconds * 16000)];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)Math.Clamp(clip[i % clip.Length] * 32767, -32768, 32767);
        }

        return samples;
    }

    private static void Add(JsonObject request, string? id, string? replyTo)
    {
        if (id is not null)
        {
            request["id"] = id;
        }

        if (replyTo is not null)
        {
            request["reply_to"] = replyTo;
        }
    }
}
