using System.Text.RegularExpressions;
using Appliance.Service.Tests.EndToEnd;
using Appliance.Testing;
using MQTTnet;
using MQTTnet.Formatter;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>The broker that comes along, in the built service.</summary>
public sealed partial class EmbeddedBrokerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Broker_NoneConfigured_ServesClientsWithoutAnId(MqttProtocolVersion version)
    {
        using NodeProcess node = new("own", new Dictionary<string, string> { ["APPLIANCE_MQTT__EMBEDDED__LISTEN"] = "127.0.0.1:0" });
        node.Start();
        await node.WaitForLogAsync("connected to the broker", Limit);
        int port = int.Parse(Port().Match(node.Log).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        await using Probe probe = await Probe.ConnectAsync(port, options => options.WithProtocolVersion(version).WithClientId("").WithCleanSession());
        await probe.Client.SubscribeAsync("edge/own/#", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        await probe.SendAsync("edge/own/cmd/generate", Requests.Generate("mine", steps: 2));
        Assert.Equal("result", (await probe.OutcomeAsync("mine", Limit))["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Broker_WithAUser_LetsNobodyElseIn()
    {
        using TemporaryFolder folder = new();
        string secret = folder.Write("secret", "right");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        using NodeProcess node = new("locked", new Dictionary<string, string>
        {
            ["APPLIANCE_MQTT__EMBEDDED__LISTEN"] = "127.0.0.1:0",
            ["APPLIANCE_MQTT__EMBEDDED__USERNAME"] = "me",
            ["APPLIANCE_MQTT__EMBEDDED__PASSWORD"] = "file:" + secret,
        });
        node.Start();
        await node.WaitForLogAsync("connected to the broker", Limit);
        int port = int.Parse(Port().Match(node.Log).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        await using Probe probe = await Probe.ConnectAsync(port, options => options.WithCredentials("me", "right"));
        foreach ((string? user, string password) in new (string?, string)[] { ("me", "wrong"), ("you", "right"), (null, "") })
        {
            using IMqttClient client = new MqttClientFactory().CreateMqttClient();
            MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("x").WithProtocolVersion(MqttProtocolVersion.V500);
            MqttClientConnectResult result = await client.ConnectAsync((user is null ? options : options.WithCredentials(user, password)).Build(), TestContext.Current.CancellationToken);
            Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, result.ResultCode);
        }
    }

    [Fact]
    public async Task Port_Taken_JoinsWhatIsThereAndSaysSo()
    {
        using Mosquitto broker = Mosquitto.Started();
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/guest/#");
        using NodeProcess node = new("guest", new Dictionary<string, string> { ["APPLIANCE_MQTT__EMBEDDED__LISTEN"] = $"127.0.0.1:{broker.Port}" });
        node.Start();
        Probe.Seen state = await probe.WaitForAsync(seen => seen.Topic == "edge/guest/state", Limit);
        Assert.Contains("broker_port_in_use", state.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SecondOnTheSameState_EndsWithAReason()
    {
        using NodeProcess node = new("first", new Dictionary<string, string> { ["APPLIANCE_MQTT__EMBEDDED__LISTEN"] = "127.0.0.1:0" });
        node.Start();
        await node.WaitForLogAsync("running as", Limit);
        ProgramRun second = await ProgramRun.RunAsync(new ProgramCall("run")
        {
            Variables = new Dictionary<string, string?> { ["APPLIANCE_STORAGE__DIRECTORY"] = node.StateDirectory, ["APPLIANCE_MQTT__EMBEDDED__LISTEN"] = "127.0.0.1:0" },
        });
        Assert.Equal(69, second.Code);
        Assert.Contains("another service uses", second.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"the embedded broker listens on 127\.0\.0\.1:(\d+)")]
    private static partial Regex Port();
}
