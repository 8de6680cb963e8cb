using System.Diagnostics;
using Appliance.Testing;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>The access list that the product ships, with a real mosquitto: a node can do its work with it, and nobody more than he may.</summary>
public sealed class AccessListTests : IAsyncLifetime
{
    private const int NotAuthorized = 0x87;
    private const string Canary = "canary-secret-7319";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Users = ["desk", "other", "requester", "caller", "admin"];

    private readonly TemporaryFolder _folder = new();
    private Mosquitto _broker = null!;
    private NodeProcess _node = null!;

    public async ValueTask InitializeAsync()
    {
        string passwords = _folder.Write("passwd", "");
        foreach (string user in Users)
        {
            await Process.Start("mosquitto_passwd", ["-b", passwords, user, Canary]).WaitForExitAsync();
        }

        // as its text says: the name of the example is that of the node
        string shipped = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/mosquitto/appliance.acl"));
        string acl = _folder.Write("appliance.acl", shipped.Replace("node-1a2b3c4d", "desk", StringComparison.Ordinal));
        _broker = Mosquitto.Started($"allow_anonymous false\npassword_file {passwords}\nacl_file {acl}");
        string secret = _folder.Write("secret", Canary + "\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        Dictionary<string, string> settings = NodeProcess.At(_broker);
        settings["APPLIANCE_MQTT__USERNAME"] = "desk";
        settings["APPLIANCE_MQTT__PASSWORD"] = "file:" + secret;
        settings["APPLIANCE_MQTT__FLEET"] = "transcribe,generate";
        _node = new NodeProcess("desk", settings);
        _node.Start();
        await _node.WaitForLogAsync("connected to the broker", Limit);
    }

    public ValueTask DisposeAsync()
    {
        _node.Dispose();
        _broker.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Node_CanDoAllItsWork()
    {
        await using Probe admin = await AsAsync("admin", "edge/#", "homeassistant/#");
        await admin.WaitForAsync(seen => seen.Topic == "homeassistant/device/desk/config", Limit);
        await admin.SendAsync("edge/desk/cmd/generate", Requests.Generate("a1", steps: 2, replyTo: "edge/desk/reply/admin"));
        await admin.WaitForAsync(seen => seen is { Topic: "edge/desk/reply/admin", Type: "result" }, Limit);
        await admin.WaitForAsync(seen => seen.Topic == "edge/desk/image/latest", Limit);
        await admin.SendAsync("edge/desk/cmd/config", """{"id":"a2","params":{"set":{"imaging.steps":2}}}""");
        Assert.Equal("result", (await admin.OutcomeAsync("a2", Limit))["type"]!.GetValue<string>());

        // shared work, asked for by somebody who may do nothing else
        await using Probe requester = await AsAsync("requester", "edge/fleet/reply/r1");
        await requester.SendAsync("edge/fleet/generate", """{"id":"f1","attempt":1,"reply_to":"edge/fleet/reply/r1","params":{"prompt":"a frog","steps":2,"seed":1}}""");
        Assert.Equal("result", (await requester.OutcomeAsync("f1", Limit))["type"]!.GetValue<string>());
        Assert.DoesNotContain("refuse", _node.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Denied PUBLISH from edge-desk", _broker.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, _node.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caller", "edge/desk/cmd/config")]
    [InlineData("caller", "edge/desk/cmd/restart")]
    [InlineData("caller", "edge/desk/cmd/diag")]
    [InlineData("caller", "edge/desk/state")]
    [InlineData("requester", "edge/desk/cmd/transcribe")]
    [InlineData("requester", "edge/fleet/claim/x")]
    [InlineData("requester", "homeassistant/device/desk/config")]
    [InlineData("other", "edge/desk/state")]
    [InlineData("other", "edge/fleet/claim/x")]
    [InlineData("other", "edge/desk/cmd/restart")]
    [InlineData("other", "homeassistant/device/desk/config")]
    public async Task User_WhoMayNot_IsRefusedByTheBroker(string user, string topic)
    {
        await using Probe probe = await AsAsync(user);
        Assert.Equal(NotAuthorized, await probe.SendAsync(topic, "{}"));
    }

    [Theory]
    [InlineData("caller", "edge/desk/cmd/transcribe")]
    [InlineData("caller", "edge/desk/cmd/cancel")]
    [InlineData("requester", "edge/fleet/transcribe")]
    [InlineData("requester", "edge/desk/audio/in/x")]
    [InlineData("other", "edge/other/state")]
    public async Task User_WhoMay_IsNotRefused(string user, string topic)
    {
        await using Probe probe = await AsAsync(user);
        Assert.NotEqual(NotAuthorized, await probe.SendAsync(topic, "{}"));
    }

    private Task<Probe> AsAsync(string user, params string[] filters) => Probe.ConnectAsync(_broker.Port, options => options.WithCredentials(user, Canary), filters);
}
