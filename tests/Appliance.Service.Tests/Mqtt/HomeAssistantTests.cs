namespace Appliance.Service.Tests.Mqtt;

/// <summary>The device in Home Assistant, as the built service keeps it on a real mosquitto.</summary>
public sealed class HomeAssistantTests
{
    private const string Topic = "homeassistant/device/house/config";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Device_IsToldAgainAtBirthAndGoesWhenTurnedOff()
    {
        using Mosquitto broker = Mosquitto.Started();
        using NodeProcess node = new("house", NodeProcess.At(broker));
        node.Start();
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "homeassistant/#");
        Probe.Seen first = await probe.WaitForAsync(seen => seen.Topic == Topic && seen.Payload.Length > 0, Limit);
        Assert.Equal(1, first.QualityOfService);

        probe.Forget();
        await probe.SendAsync("homeassistant/status", "online");
        Probe.Seen again = await probe.WaitForAsync(seen => seen.Topic == Topic, TimeSpan.FromSeconds(5 * 5));
        Assert.Equal(first.Text, again.Text);
        Assert.True(again.IsRetained);

        Assert.Equal(0, await node.StopAsync(TimeSpan.FromSeconds(50)));
        node.Set("APPLIANCE_MQTT__HOMEASSISTANT", "false");
        probe.Forget();
        node.Start();
        await probe.WaitForAsync(seen => seen.Topic == Topic && seen.Payload.Length == 0, Limit);
        await using Probe late = await Probe.ConnectAsync(broker.Port, "homeassistant/#");
        await Wait.PauseAsync(TimeSpan.FromSeconds(0.5));
        Assert.DoesNotContain(late.All, seen => seen.Topic == Topic);
    }
}
