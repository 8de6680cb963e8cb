namespace Appliance.Service.Tests.Mqtt;

/// <summary>Part of the built service can't work: the rest does, and it is told.</summary>
public sealed class DegradedTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Model_NotThere_LeavesTheOthersWorking()
    {
        using Mosquitto broker = Mosquitto.Started();
        Dictionary<string, string> settings = NodeProcess.At(broker);
        settings["APPLIANCE_SPEECH__MODEL"] = "whisper-nowhere";
        using NodeProcess node = new("deaf", settings);
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/deaf/#");
        node.Start();
        Probe.Seen state = await probe.WaitForAsync(seen => seen.Topic == "edge/deaf/state" && seen.Text.Contains("model_unusable", StringComparison.Ordinal), Limit);
        Assert.Equal("degraded", state.Json!["status"]!.GetValue<string>());
        await probe.SendAsync("edge/deaf/cmd/generate", Requests.Generate("drawn", steps: 2));
        Assert.Equal("result", (await probe.OutcomeAsync("drawn", Limit))["type"]!.GetValue<string>());

        // told a model that is there, it hears again
        await probe.SendAsync("edge/deaf/cmd/config", """{"params":{"set":{"speech.hotwords":"x"}}}""");
        await probe.SendAsync("edge/deaf/cmd/transcribe", Requests.Transcribe("said"));
        Assert.Equal("unknown_model", (await probe.OutcomeAsync("said", Limit))["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Microphone_Absent_IsAReasonAndNoDegradation()
    {
        using Mosquitto broker = Mosquitto.Started();
        using NodeProcess node = new("mute", NodeProcess.At(broker));
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/mute/#");
        node.Start();
        Probe.Seen state = await probe.WaitForAsync(seen => seen.Topic == "edge/mute/state" && seen.Text.Contains("no_microphone", StringComparison.Ordinal), Limit);
        Assert.Equal(("absent", false), (state.Json!["mic"]!.GetValue<string>(), state.Json["listening"]!.GetValue<bool>()));
        Assert.NotEqual("degraded", state.Json["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Queue_Full_RefusesAndTakesTheNextWhenThereIsRoom()
    {
        using Mosquitto broker = Mosquitto.Started();
        using NodeProcess node = new("busy", NodeProcess.At(broker));
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/busy/#");
        node.Start();
        await node.WaitForLogAsync("connected to the broker", Limit);
        for (int i = 0; i < 70; i++)
        {
            await probe.SendAsync("edge/busy/cmd/generate", Requests.Generate($"q{i}", steps: 100));
        }

        Probe.Seen refused = await probe.WaitForAsync(seen => seen.Type == "failed", Limit);
        Assert.Equal(("queue_full", true), (refused.Json!["error"]!["code"]!.GetValue<string>(), refused.Json["error"]!["retryable"]!.GetValue<bool>()));
        Assert.True(refused.Json["error"]!["retry_after_ms"]!.GetValue<long>() > 0);
        string id = refused.Json["id"]!.GetValue<string>();
        await probe.SendAsync("edge/busy/cmd/cancel", "{}");
        await Wait.UntilAsync(() => probe.All.Count(seen => seen.Type == "cancelled" && seen.Topic.EndsWith("/result", StringComparison.Ordinal)) >= 60, Limit, () => node.Log);

        // the same id again is the next try, under the next numbers
        await probe.SendAsync("edge/busy/cmd/generate", Requests.Generate(id, steps: 100));
        Probe.Seen accepted = await probe.WaitForAsync(seen => seen.IsEnvelopeOf(id) && seen.Type == "accepted", Limit);
        Assert.True(accepted.Json!["seq"]!.GetValue<long>() > refused.Json["seq"]!.GetValue<long>());
    }
}
