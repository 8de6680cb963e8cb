using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Appliance.Service.Configuration;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Appliance.Service.Mqtt;

/// <summary>The broker in this process, so that the first run needs nothing. It keeps retained messages in memory and shares no subscriptions.</summary>
internal sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server, IPEndPoint endpoint) => (_server, Endpoint) = (server, endpoint);

    /// <summary>Where it listens, with the port that was chosen where none was named.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Starts it.</summary>
    /// <returns>The broker; null when its port is taken.</returns>
    /// <exception cref="ConfigurationException">The password can't be read.</exception>
    public static async Task<EmbeddedBroker?> StartAsync(EmbeddedBrokerSettings settings, ILogger logger)
    {
        IPEndPoint endpoint = settings.Listen.Port == 0 ? new(settings.Listen.Address, FreePort(settings.Listen.Address)) : settings.Listen;
        MqttServerOptionsBuilder options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(endpoint.Port)
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(4096);
        options = endpoint.Address.AddressFamily == AddressFamily.InterNetworkV6
            ? options.WithDefaultEndpointBoundIPV6Address(endpoint.Address).WithDefaultEndpointBoundIPAddress(IPAddress.None)
            : options.WithDefaultEndpointBoundIPAddress(endpoint.Address).WithDefaultEndpointBoundIPV6Address(IPAddress.None);
        MqttServer server = new MqttServerFactory().CreateMqttServer(options.Build(), [new NamingServerAdapter()]);
        byte[]? expected = settings.Username is { } user ? Hash(user, settings.Password?.Read() ?? "") : null;
        server.ValidatingConnectionAsync += told =>
        {
            if (told.ClientId.Length == 0)
            {
                // as MQTT asks: mosquitto_pub and others leave it to the broker
                told.AssignedClientIdentifier = "auto-" + Guid.NewGuid().ToString("N");
                told.ReasonCode = MqttConnectReasonCode.Success;
            }

            if (expected is not null && !CryptographicOperations.FixedTimeEquals(Hash(told.UserName ?? "", told.Password ?? ""), expected))
            {
                told.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            }

            return Task.CompletedTask;
        };

        try
        {
            await server.StartAsync();
            Log.BrokerListens(logger, endpoint.ToString());
            return new EmbeddedBroker(server, endpoint);
        }
        catch (SocketException fault)
        {
            Log.BrokerPortTaken(logger, endpoint.ToString(), fault.Message);
            server.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }

    private static int FreePort(IPAddress address)
    {
        using TcpListener probe = new(address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static byte[] Hash(string user, string password) => SHA256.HashData(Encoding.UTF8.GetBytes(user + "\0" + password));
}
