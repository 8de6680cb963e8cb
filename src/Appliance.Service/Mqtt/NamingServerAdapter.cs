using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;
using MQTTnet.Server.Internal.Adapter;

namespace Appliance.Service.Mqtt;

/// <summary>
/// Lets MQTT 3.1.1 clients in that name no client id, as mosquitto_pub does: MQTTnet gives a name to clients of MQTT 5 only, although 3.1.1
/// asks for it too (section 3.1.3.1).
/// </summary>
internal sealed class NamingServerAdapter : IMqttServerAdapter
{
    private readonly MqttTcpServerAdapter _inner = new();

    /// <inheritdoc/>
    public Func<IMqttChannelAdapter, Task> ClientHandler { get; set; } = _ => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _inner.ClientHandler = channel => ClientHandler(new NamingChannel(channel));
        return _inner.StartAsync(options, logger);
    }

    /// <inheritdoc/>
    public Task StopAsync() => _inner.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();
}
