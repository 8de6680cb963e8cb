using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Appliance.Service.Mqtt;
using Appliance.Service.Storage;

namespace Appliance.Service.Tests.Mqtt;

public sealed class ResultDowngradeTests
{
    private static readonly Topics Topics = new("edge", "kitchen");

    [Fact]
    public void Transcript_ALittleTooLarge_LosesWordsAlone()
    {
        byte[] envelope = Envelope(words: 200, tokens: 10, text: 100);
        (byte[] smaller, IReadOnlyList<OutboxMessage> parts) = ResultDowngrade.Shrink(envelope, 3000, "t", "j", Topics);
        JsonObject data = JsonNode.Parse(smaller)!["data"]!.AsObject();
        Assert.Empty(parts);
        Assert.Equal("""["words"]""", data["detail"]!["downgraded"]!.ToJsonString());
        Assert.NotNull(data["segments"]![0]!["tokens"]);
        Assert.Equal(250, data["detail"]!["missing_ms"]!.GetValue<int>());
    }

    [Fact]
    public void Transcript_MuchTooLarge_GoesInPartsThatMakeTheWhole()
    {
        byte[] envelope = Envelope(words: 100, tokens: 100, text: 30_000);
        (byte[] smaller, IReadOnlyList<OutboxMessage> parts) = ResultDowngrade.Shrink(envelope, 5000, "t", "j", Topics);
        JsonObject data = JsonNode.Parse(smaller)!["data"]!.AsObject();
        Assert.True(smaller.Length < 1000);
        Assert.All(parts, part => Assert.InRange(part.Payload.Length, 1, 4500));
        Assert.Equal(Enumerable.Range(0, parts.Count).Select(i => $"edge/kitchen/job/j/part/{i}"), parts.Select(part => part.Topic));
        byte[] whole = [.. parts.SelectMany(part => part.Payload)];
        Assert.Equal((parts.Count, whole.Length), (data["parts"]!["count"]!.GetValue<int>(), data["parts"]!["bytes"]!.GetValue<int>()));
        Assert.Equal(data["parts"]!["sha256"]!.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(whole)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(envelope)!["data"], JsonNode.Parse(whole)));
        Assert.Equal(7, JsonNode.Parse(smaller)!["seq"]!.GetValue<int>());
    }

    [Fact]
    public void Error_IsLeftAsItIs()
    {
        byte[] envelope = Encoding.UTF8.GetBytes("""{"id":"j","type":"failed","seq":1,"error":{"code":"busy"}}""");
        Assert.Equal(envelope, ResultDowngrade.Shrink(envelope, 10, "t", "j", Topics).Envelope);
    }

    private static byte[] Envelope(int words, int tokens, int text) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["id"] = "j",
        ["type"] = "result",
        ["seq"] = 7,
        ["data"] = new JsonObject
        {
            ["text"] = new string('x', text),
            ["segments"] = new JsonArray(new JsonObject
            {
                ["tokens"] = new JsonArray([.. Enumerable.Range(0, tokens).Select(i => (JsonNode)i)]),
                ["words"] = new JsonArray([.. Enumerable.Range(0, words).Select(i => (JsonNode)new JsonObject { ["word"] = $"w{i}", ["start"] = i })]),
            }),
            ["detail"] = new JsonObject { ["missing_ms"] = 250 },
        },
    }.ToJsonString());
}
