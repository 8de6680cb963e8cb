using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Appliance.Service.Jobs;
using Appliance.Service.Storage;

namespace Appliance.Service.Mqtt;

/// <summary>Makes a result fit into a packet of the broker's: without words, without tokens, at last in parts (control-plane.md §2.5).</summary>
internal static class ResultDowngrade
{
    /// <summary>Bytes of a part when the broker sets no limit.</summary>
    public const int LargestPart = 256 << 10;

    /// <summary>Shrinks an envelope.</summary>
    /// <param name="envelope">The whole envelope.</param>
    /// <param name="largestPacket">Bytes that the broker takes.</param>
    /// <param name="topic">Where it goes.</param>
    /// <param name="job">The job.</param>
    /// <param name="topics">The node's.</param>
    /// <returns>The smaller envelope, and parts that go before it.</returns>
    public static (byte[] Envelope, IReadOnlyList<OutboxMessage> Parts) Shrink(byte[] envelope, int largestPacket, string topic, string job, Topics topics)
    {
        JsonObject document = JsonNode.Parse(envelope)!.AsObject();
        if (document["data"] is not JsonObject data)
        {
            return (envelope, []);
        }

        byte[] whole = EnvelopeFactory.Bytes(data);
        JsonArray left = [];
        byte[] smaller = envelope;
        foreach (string name in new[] { "words", "tokens" })
        {
            if (RemoveFromSegments(data, name))
            {
                left.Add(name);
                Note(data, left);
                smaller = EnvelopeFactory.Bytes(document);
                if (smaller.Length + topic.Length + 256 <= largestPacket)
                {
                    return (smaller, []);
                }
            }
        }

        if (!data.ContainsKey("text"))
        {
            return (smaller, []);
        }

        IReadOnlyList<OutboxMessage> parts = Parts(whole, PartBytes(largestPacket), job, topics, "application/json", out JsonObject described);
        document["data"] = new JsonObject { ["parts"] = described, ["content_type"] = "application/json", ["detail"] = new JsonObject { ["downgraded"] = new JsonArray("parts") } };
        return (EnvelopeFactory.Bytes(document), parts);
    }

    /// <summary>Bytes of a part that fits into a packet.</summary>
    public static int PartBytes(long? largestPacket) => largestPacket is { } largest ? (int)Math.Clamp(largest - 512, 1024, LargestPart) : LargestPart;

    /// <summary>Cuts a file into messages.</summary>
    public static IReadOnlyList<OutboxMessage> Parts(byte[] file, int partBytes, string job, Topics topics, string contentType, out JsonObject described)
    {
        List<OutboxMessage> parts = [];
        for (int start = 0; start < file.Length; start += partBytes)
        {
            parts.Add(new OutboxMessage(OutboxClass.Part, topics.JobPart(job, parts.Count), file[start..Math.Min(file.Length, start + partBytes)])
            {
                ContentType = contentType,
                Job = job,
            });
        }

        described = new JsonObject { ["count"] = parts.Count, ["bytes"] = file.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file)) };
        return parts;
    }

    private static bool RemoveFromSegments(JsonObject data, string name)
    {
        bool removed = false;
        foreach (JsonObject segment in (data["segments"] as JsonArray ?? []).OfType<JsonObject>())
        {
            removed |= segment.Remove(name);
        }

        return removed;
    }

    private static void Note(JsonObject data, JsonArray left)
    {
        JsonObject detail = data["detail"] as JsonObject ?? [];
        detail["downgraded"] = left.DeepClone();
        data["detail"] = detail;
    }
}
