using System.Text;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Requests and replies of the built service over a real mosquitto (control-plane.md §2).</summary>
public sealed class RequestTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Mosquitto _broker = shared.Broker;
    private readonly NodeProcess _node = shared.Node;
    private Probe _probe = null!;

    public async ValueTask InitializeAsync() => _probe = await Probe.ConnectAsync(_broker.Port, "edge/desk/#", "zigbee2mqtt/#");

    public ValueTask DisposeAsync() => _probe.DisposeAsync();

    [Fact]
    public async Task Generate_From311ClientWithJsonAlone_IsAnsweredOnItsReplyTopicByteForByte()
    {
        await using Probe old = await Probe.ConnectAsync(_broker.Port, options => options.WithProtocolVersion(MqttProtocolVersion.V311).WithCleanSession());
        await old.Client.SubscribeAsync("edge/desk/reply/old", MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        await old.SendAsync("edge/desk/cmd/generate", Requests.Generate("g1", replyTo: "edge/desk/reply/old"));

        JsonObject outcome = await old.OutcomeAsync("g1", Limit);
        Assert.Equal("result", outcome["type"]!.GetValue<string>());
        Assert.Equal(128, outcome["data"]!["width"]!.GetValue<int>());
        await _probe.WaitForAsync(seen => seen.Topic == "edge/desk/job/g1/result", Limit);
        byte[] reply = old.All.Last(seen => seen.Type == "result").Payload;
        Assert.Equal(reply, _probe.All.Single(seen => seen.Topic == "edge/desk/job/g1/event" && seen.Type == "result").Payload);
        Assert.Equal(reply, _probe.All.Single(seen => seen.Topic == "edge/desk/job/g1/result").Payload);
        long[] numbers = [.. old.All.Where(seen => seen.IsEnvelopeOf("g1")).Select(seen => seen.Json!["seq"]!.GetValue<long>())];
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        Assert.Equal(["accepted", "started", "result"], old.All.Where(seen => seen.Type != "progress").Select(seen => seen.Type));
    }

    [Fact]
    public async Task Transcribe_WithMqtt5Properties_EchoesTheCorrelation()
    {
        byte[] correlation = [0, 1, 254, 255];
        await _probe.Client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("edge/desk/cmd/transcribe").WithPayload(Requests.Wave(3.2))
            .WithContentType("audio/wav").WithResponseTopic("edge/desk/reply/five").WithCorrelationData(correlation)
            .WithUserProperty("id", Encoding.UTF8.GetBytes("t5")).WithUserProperty("language", Encoding.UTF8.GetBytes("en")).WithUserProperty("word_timestamps", Encoding.UTF8.GetBytes("true"))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), TestContext.Current.CancellationToken);

        Probe.Seen told = await _probe.WaitForAsync(seen => seen is { Topic: "edge/desk/reply/five", Type: "result" or "failed" }, Limit);
        Assert.Equal("result", told.Type);
        Assert.Equal(correlation, told.Correlation);
        Assert.Equal("application/json", told.ContentType);
        Assert.Contains("fellow Americans", told.Json!["data"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(told.Json["data"]!["segments"]![0]!["words"]!.AsArray().Count > 3);
    }

    [Fact]
    public async Task Stream_WithALostChunk_IsTranscribedAndTheGapIsTold()
    {
        await _probe.SendAsync("edge/desk/cmd/transcribe", """{"id":"s1","params":{"language":"en"},"audio":{"stream":"mine","codec":"pcm","rate":16000,"width":2,"channels":1}}""");
        await _probe.WaitForAsync(seen => seen.IsEnvelopeOf("s1") && seen.Type == "accepted", Limit);
        await Chunks.SendAsync(_probe, "edge/desk/audio/in/mine", Requests.Samples(11), chunkBytes: 8000, without: [40]);

        JsonObject outcome = await _probe.OutcomeAsync("s1", Limit);
        Assert.Equal(250, outcome["data"]!["detail"]!["missing_ms"]!.GetValue<long>());
        Assert.Equal(11.0, outcome["data"]!["duration"]!.GetValue<double>(), 0.01);
        Assert.Contains("fellow Americans", outcome["data"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_SameIdAgain_GivesTheStoredOutcome()
    {
        string request = Requests.Generate("same", replyTo: "edge/desk/reply/x");
        await _probe.SendAsync("edge/desk/cmd/generate", request);
        await _probe.OutcomeAsync("same", Limit);
        await _probe.WaitForAsync(seen => seen is { Topic: "edge/desk/reply/x", Type: "result" }, Limit);
        await _probe.SendAsync("edge/desk/cmd/generate", request);
        await Wait.UntilAsync(() => _probe.All.Count(seen => seen is { Topic: "edge/desk/reply/x", Type: "result" }) == 2, Limit, () => "no second answer");
        Assert.Single(_probe.All.Where(seen => seen is { Topic: "edge/desk/reply/x", Type: "result" }).Select(seen => seen.Text).Distinct());
        Assert.Single(_probe.All, seen => seen is { Topic: "edge/desk/job/same/event", Type: "started" });

        await _probe.SendAsync("edge/desk/cmd/generate", Requests.Generate("same", seed: 8, replyTo: "edge/desk/reply/y"));
        Probe.Seen other = await _probe.WaitForAsync(seen => seen is { Topic: "edge/desk/reply/y" }, Limit);
        Assert.Equal("bad_request", other.Json!["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("generate", """{"id":"e1","params":{}}""", "bad_request", "prompt")]
    [InlineData("generate", """{"id":"e2","params":{"prompt":"x","steps":"many"}}""", "bad_request", "params.steps")]
    [InlineData("generate", """{"id":"e3","params":{"prompt":"x","model":"nope"}}""", "unknown_model", "emoji-diffusion")]
    [InlineData("generate", """{"id":"e4","params":{"prompt":"x","width":100}}""", "bad_request", "multiple of 16")]
    [InlineData("generate", """{"id":"e5","params":{"prompt":"x"},"reply_to":"zigbee2mqtt/lock/set"}""", "forbidden", "reply")]
    [InlineData("generate", """{"id":"e6","params":{"prompt":"x"},"reply_to":"homeassistant/device/x/config"}""", "forbidden", "reply")]
    [InlineData("generate", """{"id":"e7","params":{"prompt":"x"},"reply_to":"edge/desk/cmd/restart"}""", "forbidden", "reply")]
    [InlineData("generate", """{"id":"p1","params":{"prompt":"x","model":"../../etc"}}""", "bad_request", "params.model")]
    [InlineData("generate", """{"id":"p2","params":{"prompt":"x","model":"/tmp/model"}}""", "bad_request", "params.model")]
    [InlineData("config", """{"id":"p3","params":{"set":{"speech.model":"/tmp/model"}}}""", "bad_request", "speech.model")]
    [InlineData("model", """{"id":"p4","params":{"action":"load","kind":"whisper","model":"a/../b"}}""", "bad_request", "params.model")]
    [InlineData("transcribe", """{"id":"e8","params":{}}""", "bad_request", "audio")]
    [InlineData("transcribe", """{"id":"e9","params":{},"audio":{"encoding":"base64","data":"AAAA"}}""", "unsupported_media", "WAV")]
    [InlineData("cancel", """{"id":"e10","params":{"job":"never"}}""", "unknown_job", "never")]
    [InlineData("config", """{"id":"e11","params":{"set":{"mqtt.host":"evil"}}}""", "forbidden", "mqtt.host")]
    [InlineData("config", """{"id":"e12","params":{"set":{"speech.beamSize":99}}}""", "bad_request", "speech.beamSize")]
    [InlineData("config", """{"id":"e13","params":{"set":{"storage.keepAudio":true}}}""", "forbidden", "storage.keepAudio")]
    [InlineData("listen", """{"id":"e14","params":{"action":"dance"}}""", "bad_request", "action")]
    [InlineData("diag", """{"id":"e15","params":{"test":"microphone"}}""", "no_device", "microphone")]
    [InlineData("restart", """{"id":"e16"}""", "busy", "two minutes")]
    [InlineData("genrate", """{"id":"e17"}""", "bad_request", "did you mean generate?")]
    public async Task Request_ThatCannotBeDone_IsAnsweredOnceWithACode(string verb, string payload, string code, string says)
    {
        string id = JsonNode.Parse(payload)!["id"]!.GetValue<string>();
        await _probe.SendAsync("edge/desk/cmd/" + verb, payload);
        JsonObject outcome = await _probe.OutcomeAsync(id, Limit);

        Assert.Equal(("failed", code), (outcome["type"]!.GetValue<string>(), outcome["error"]!["code"]!.GetValue<string>()));
        Assert.Contains(says, outcome["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(_probe.All, seen => seen.Topic.StartsWith("zigbee2mqtt/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_Retained_IsRefusedAndLeavesTheNodeRunning()
    {
        await _probe.SendAsync("edge/desk/cmd/restart", """{"id":"r1"}""", message => message.WithRetainFlag());
        JsonObject outcome = await _probe.OutcomeAsync("r1", Limit);
        Assert.Equal("stale_retained", outcome["error"]!["code"]!.GetValue<string>());
        await _probe.SendAsync("edge/desk/cmd/restart", "", message => message.WithRetainFlag());
        Assert.True(_node.IsRunning);
    }

    [Fact]
    public async Task Cancel_WhileBusy_IsAnsweredAtOnceAndEndsTheJobOnce()
    {
        await _probe.SendAsync("edge/desk/cmd/generate", Requests.Generate("c1", steps: 150));
        await _probe.WaitForAsync(seen => seen.IsEnvelopeOf("c1") && seen.Type == "progress", Limit);
        long sent = System.Diagnostics.Stopwatch.GetTimestamp();
        await _probe.SendAsync("edge/desk/cmd/cancel", """{"id":"c2","params":{"job":"c1"}}""");
        Probe.Seen answer = await _probe.WaitForAsync(seen => seen.IsEnvelopeOf("c2"), Limit);
        Assert.Equal("result", answer.Type);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(sent, answer.At).TotalMilliseconds, 0, 5 * 200);

        JsonObject outcome = await _probe.OutcomeAsync("c1", Limit);
        Assert.Equal(("cancelled", "cancelled"), (outcome["type"]!.GetValue<string>(), outcome["error"]!["code"]!.GetValue<string>()));
        await _probe.SendAsync("edge/desk/cmd/cancel", """{"id":"c3","params":{"job":"c1"}}""");
        JsonObject again = await _probe.OutcomeAsync("c3", Limit);
        Assert.Equal("unknown_job", again["error"]!["code"]!.GetValue<string>());
        Assert.Single(_probe.All, seen => seen is { Topic: "edge/desk/job/c1/event", Type: "cancelled" });
    }

    [Fact]
    public async Task Deadline_TooShort_EndsTheJob()
    {
        JsonNode request = JsonNode.Parse(Requests.Generate("d1", steps: 150))!;
        request["deadline_ms"] = 300;
        await _probe.SendAsync("edge/desk/cmd/generate", request.ToJsonString());
        JsonObject outcome = await _probe.OutcomeAsync("d1", Limit);
        Assert.Equal(("failed", "deadline_exceeded", true), (outcome["type"]!.GetValue<string>(), outcome["error"]!["code"]!.GetValue<string>(), outcome["error"]!["retryable"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Speech_GoesBeforeAPictureThatIsBeingDrawn()
    {
        await _probe.SendAsync("edge/desk/cmd/generate", Requests.Generate("slow", steps: 150));
        await _probe.WaitForAsync(seen => seen.IsEnvelopeOf("slow") && seen.Type == "progress", Limit);
        await _probe.SendAsync("edge/desk/cmd/transcribe", Requests.Transcribe("quick"));
        await _probe.OutcomeAsync("quick", Limit);
        Assert.DoesNotContain(_probe.All, seen => seen.IsEnvelopeOf("slow") && seen.Type == "result");
        JsonObject slow = await _probe.OutcomeAsync("slow", Limit);
        Assert.Equal("result", slow["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task State_OfAnIdleNode_HasTheKeysOfTheContract()
    {
        await using Probe late = await Probe.ConnectAsync(_broker.Port, "edge/desk/+");
        JsonObject state = (await late.WaitForAsync(seen => seen.Topic == "edge/desk/state", Limit)).Json!;
        string[] keys = ["status", "listening", "muted", "mic", "jobs", "queue_depth", "reasons", "since", "seq", "boot_id"];
        Assert.Equal(keys.Order(), state.Select(pair => pair.Key).Order());
        JsonObject info = (await late.WaitForAsync(seen => seen.Topic == "edge/desk/info", Limit)).Json!;
        Assert.Equal(1, info["api"]!.GetValue<int>());
        string[] told = ["version", "os", "eps", "models", "limits", "capabilities", "config_hash"];
        Assert.All(told, key => Assert.NotNull(info[key]));
        Assert.Equal(4 << 20, info["limits"]!["packet_bytes"]!.GetValue<int>());
    }
}
