using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Protocol;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>The built service with a real mosquitto that is late, killed, frozen, or small (control-plane.md §5.2).</summary>
public sealed class BrokerTests
{
    // a contract's deadline is asserted at five times its figure
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(5 * 35);
    private static readonly TimeSpan Restore = TimeSpan.FromSeconds(5 * 2);
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_BrokerDownAtBoot_WorksOnAndConnectsWhenItIsThere()
    {
        using Mosquitto broker = new();
        using NodeProcess node = new("late", NodeProcess.At(broker));
        node.Start();
        await node.WaitForLogAsync("no connection to the broker", Work);
        Assert.True(node.IsRunning);

        broker.Start();
        await node.WaitForLogAsync("connected to the broker", Connect);
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/late/#");
        await probe.WaitForAsync(seen => seen is { Topic: "edge/late/availability", Text: "online", IsRetained: true }, Restore);
        Assert.Equal(0, await node.StopAsync(TimeSpan.FromSeconds(5 * 10)));
        await probe.WaitForAsync(seen => seen is { Topic: "edge/late/availability", Text: "offline" }, Restore);
    }

    [Fact]
    public async Task Broker_KilledMidJobAndEmpty_GetsTheResultOnceAndTheRetainedSetAgain()
    {
        using Mosquitto broker = Mosquitto.Started();
        using NodeProcess node = new("killed", NodeProcess.At(broker));
        node.Start();
        await node.WaitForLogAsync("connected to the broker", Connect);
        await using (Probe before = await Probe.ConnectAsync(broker.Port, "edge/killed/#"))
        {
            await before.SendAsync("edge/killed/cmd/generate", Requests.Generate("mid", steps: 60));
            await before.WaitForAsync(seen => seen.Type == "started", Work);
        }

        // without persistence, all that the broker knew is gone
        broker.Kill();
        await node.WaitForLogAsync("job mid (generate) ended", Work);
        broker.Start();
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/killed/#", "homeassistant/#");
        await node.WaitForLogAsync("connected to the broker", Connect);
        string[] retained = ["availability", "info", "state", "config", "image/latest", "image/latest/meta"];
        foreach (string topic in retained)
        {
            await probe.WaitForAsync(seen => seen.Topic == "edge/killed/" + topic, Connect);
        }

        await probe.WaitForAsync(seen => seen.Topic == "homeassistant/device/killed/config", Restore);
        await probe.WaitForAsync(seen => seen is { Topic: "edge/killed/job/mid/result", Type: "result" }, Restore);
        await Wait.PauseAsync(TimeSpan.FromSeconds(0.5));
        Assert.Single(probe.All, seen => seen is { Topic: "edge/killed/job/mid/result", Type: "result" });
        Assert.Single(probe.All.Where(seen => seen.IsEnvelopeOf("mid") && seen.Type == "result").Select(seen => seen.Text).Distinct());
    }

    [Fact]
    public async Task Broker_AcceptsAndSaysNothing_IsGivenUpAfterTenSeconds()
    {
        using TcpListener frozen = new(IPAddress.Loopback, 0);
        frozen.Start();
        int port = ((IPEndPoint)frozen.LocalEndpoint).Port;
        using NodeProcess node = new("frozen", new Dictionary<string, string>
        {
            ["APPLIANCE_MQTT__HOST"] = "127.0.0.1",
            ["APPLIANCE_MQTT__PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        node.Start();
        await node.WaitForLogAsync("no connection to the broker", TimeSpan.FromSeconds(5 * 10));

        Assert.True(node.IsRunning);
        Assert.Equal(0, await node.StopAsync(TimeSpan.FromSeconds(5 * 10)));
    }

    [Theory]
    [InlineData(20_000, false)]
    [InlineData(11_000, true)]
    public async Task Broker_TakesFewKilobytes_NeverGetsMoreAndKeepsTheConnection(int largest, bool losesWords)
    {
        using Mosquitto broker = Mosquitto.Started($"allow_anonymous true\nmax_packet_size {largest}");
        using NodeProcess node = new("small", NodeProcess.At(broker));
        node.Start();
        await node.WaitForLogAsync("connected to the broker", Connect);
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/small/#", "homeassistant/#");
        await probe.WaitForAsync(seen => seen.Topic == "homeassistant/device/small/config", Restore);

        // the request itself must fit: a recording goes as a stream
        await probe.SendAsync("edge/small/cmd/transcribe",
            """{"id":"long","params":{"language":"en","word_timestamps":true},"audio":{"stream":"long","codec":"pcm","rate":16000,"width":2,"channels":1}}""");
        await probe.WaitForAsync(seen => seen.IsEnvelopeOf("long") && seen.Type == "accepted", Work);
        await Chunks.SendAsync(probe, "edge/small/audio/in/long", Requests.Samples(170), chunkBytes: 10000);
        JsonObject outcome = await probe.OutcomeAsync("long", Work);
        Assert.Equal("result", outcome["type"]!.GetValue<string>());
        Assert.Equal(losesWords, !outcome.ToJsonString().Contains("\"words\":[", StringComparison.Ordinal));
        Assert.Equal(losesWords ? "words" : null, outcome["data"]!["detail"]?["downgraded"]?[0]?.GetValue<string>());

        JsonNode request = JsonNode.Parse(Requests.Generate("picture"))!;
        request["params"]!["deliver"] = "mqtt";
        request["params"]!["steps"] = 2;
        await probe.SendAsync("edge/small/cmd/generate", request.ToJsonString());
        JsonObject drawn = await probe.OutcomeAsync("picture", Work);
        byte[] file = [.. probe.All.Where(seen => seen.Topic.StartsWith("edge/small/job/picture/part/", StringComparison.Ordinal)).SelectMany(seen => seen.Payload)];
        Assert.Equal(drawn["data"]!["parts"]!["sha256"]!.GetValue<string>(), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)));
        await probe.WaitForAsync(seen => seen is { Topic: "edge/small/image/latest", Payload.Length: > 0 }, Restore);

        Assert.All(probe.All, seen => Assert.True(seen.Payload.Length < largest, seen.Topic));
        Assert.DoesNotContain("connection was lost", node.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientId_UsedTwice_IsNotFoughtOverAndTold()
    {
        using Mosquitto broker = Mosquitto.Started();
        using NodeProcess node = new("twice", NodeProcess.At(broker));
        node.Start();
        await node.WaitForLogAsync("connected to the broker", Connect);
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/twice/#");
        using CancellationTokenSource enough = new();

        // the other one comes back as soon as it is thrown out, as a badly written client does
        Task other = FightAsync(broker.Port, "edge-twice", enough.Token);
        await Wait.UntilAsync(() => Takeovers(broker) >= 6, TimeSpan.FromSeconds(60), () => broker.Log);
        int before = Takeovers(broker);
        await Wait.PauseAsync(TimeSpan.FromSeconds(10));
        Assert.True(Takeovers(broker) - before <= 3, node.Log);

        await enough.CancelAsync();
        await other;
        Probe.Seen told = await probe.WaitForAsync(seen => seen.Topic == "edge/twice/state" && seen.Text.Contains("client_id_conflict", StringComparison.Ordinal), Connect);
        Assert.Contains("client_id_conflict", told.Json!["reasons"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static int Takeovers(Mosquitto broker) => broker.Log.Split("already connected, closing old connection").Length - 1;

    private static async Task FightAsync(int port, string id, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using IMqttClient client = new MqttClientFactory().CreateMqttClient();
            TaskCompletionSource gone = new();
            client.DisconnectedAsync += _ =>
            {
                gone.TrySetResult();
                return Task.CompletedTask;
            };
            try
            {
                await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(id).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).Build(), cancellationToken);
                await gone.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
