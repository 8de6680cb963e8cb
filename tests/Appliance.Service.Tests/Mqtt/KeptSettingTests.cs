using System.Text.Json.Nodes;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>What was set at run time outlives a power cut.</summary>
public sealed class KeptSettingTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly SharedNode _shared = new();
    private Probe _probe = null!;

    private NodeProcess Node => _shared.Node;

    public async ValueTask InitializeAsync()
    {
        await _shared.InitializeAsync();
        _probe = await Probe.ConnectAsync(_shared.Broker.Port, "edge/desk/#");
    }

    public async ValueTask DisposeAsync()
    {
        await _probe.DisposeAsync();
        await _shared.DisposeAsync();
    }

    [Fact]
    public async Task Config_Set_IsInForceToldAndKept()
    {
        await _probe.SendAsync("edge/desk/cmd/config", """{"id":"k1","params":{"set":{"imaging.steps":3,"speech.language":"german"}}}""");
        JsonObject outcome = await _probe.OutcomeAsync("k1", Limit);
        Assert.Equal("result", outcome["type"]!.GetValue<string>());
        Assert.False(outcome["data"]!["restart_required"]!.GetValue<bool>());
        await _probe.WaitForAsync(seen => seen.Topic == "edge/desk/config" && seen.Json!["imaging.steps"]!.GetValue<int>() == 3 && seen.Json["speech.language"]!.GetValue<string>() == "de", Limit);
        await _probe.SendAsync("edge/desk/cmd/generate", """{"id":"k2","params":{"prompt":"a frog"}}""");
        JsonObject drawn = await _probe.OutcomeAsync("k2", Limit);
        Assert.Equal(("result", 3), (drawn["type"]!.GetValue<string>(), drawn["data"]?["steps"]?.GetValue<int>()));

        Node.Kill();
        Node.Start();
        await _probe.WaitForAsync(seen => seen.Topic == "edge/desk/config" && seen.Json!["imaging.steps"]!.GetValue<int>() == 3, Limit);
    }

    [Fact]
    public async Task Mute_IsKeptOverAPowerCut()
    {
        await _probe.SendAsync("edge/desk/cmd/listen", """{"id":"m1","params":{"action":"mute"}}""");
        await _probe.OutcomeAsync("m1", Limit);
        Node.Kill();
        _probe.Forget();
        Node.Start();
        Probe.Seen state = await _probe.WaitForAsync(seen => seen.Topic == "edge/desk/state", Limit);
        Assert.True(state.Json!["muted"]!.GetValue<bool>());
    }
}
