using System.Diagnostics;
using System.Text;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Ten thousand bad requests at once: each is answered, memory stays bounded, and a cancel gets through.</summary>
public sealed class FloodTests
{
    private const int ShortFlood = 2_000;
    private const int FullFlood = 10_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(240);

    [Fact]
    public async Task Node_FloodedWithBadRequests_AnswersEachAndStaysSmall()
    {
        int count = Environment.GetEnvironmentVariable("APPLIANCE_TEST_FULL") is { Length: > 0 } ? FullFlood : ShortFlood;
        using Mosquitto broker = Mosquitto.Started("allow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0");
        using NodeProcess node = new("flooded", NodeProcess.At(broker));
        node.Start();
        await node.WaitForLogAsync("connected to the broker", Limit);
        await using Probe listener = await Probe.ConnectAsync(broker.Port, "edge/flooded/event/system", "edge/flooded/job/#");
        await using Probe sender = await Probe.ConnectAsync(broker.Port);
        await listener.SendAsync("edge/flooded/cmd/generate", Requests.Generate("busy", steps: 150));
        await listener.WaitForAsync(seen => seen.IsEnvelopeOf("busy") && seen.Type == "progress", Limit);
        long before = node.ResidentBytes;

        string deep = new('[', 5000);
        string large = new('x', 1_950_000);
        string[] kinds = ["{bad", deep, """{"id":7}""", "\"text\"", """{"id":"a","id":"b"}""", "{\"params\":{\"prompt\":\"a\u0000b\"}", "[1,2", "\u00ff\u00fe"];
        List<Task> sending = [];
        for (int i = 0; i < count; i++)
        {
            string payload = i % 400 == 399 ? large : kinds[i % kinds.Length];
            sending.Add(sender.SendAsync("edge/flooded/cmd/generate", Encoding.UTF8.GetBytes(payload)));
            if (sending.Count == 50)
            {
                await Task.WhenAll(sending);
                sending.Clear();
            }
        }

        await Task.WhenAll(sending);
        long sent = Stopwatch.GetTimestamp();
        await sender.SendAsync("edge/flooded/cmd/cancel", """{"id":"stop","params":{"job":"busy"}}""");
        Probe.Seen cancelled = await listener.WaitForAsync(seen => seen.IsEnvelopeOf("stop"), Limit);
        await Wait.UntilAsync(() => listener.All.Count(seen => seen.Topic == "edge/flooded/event/system") >= count, Limit,
            () => $"{listener.All.Count(seen => seen.Topic == "edge/flooded/event/system")} answers to {count} requests\n{node.Log[^2000..]}");
        await Wait.PauseAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(count, listener.All.Count(seen => seen.Topic == "edge/flooded/event/system"));
        Assert.Equal(count / 400, listener.All.Count(seen => seen.Topic == "edge/flooded/event/system" && seen.Text.Contains("too_large", StringComparison.Ordinal)));
        Assert.True(node.ResidentBytes < before + (300 << 20), $"{before >> 20} MiB before, {node.ResidentBytes >> 20} MiB after");
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} requests; memory {before >> 20} -> {node.ResidentBytes >> 20} MiB; cancel answered {Stopwatch.GetElapsedTime(sent, cancelled.At).TotalMilliseconds:0} ms after it was sent");
    }
}
