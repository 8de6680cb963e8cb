using Appliance.Service.Configuration;
using Appliance.Service.Health;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Mqtt;

/// <summary>The broker that is used: the configured one, else the embedded one, else what already listens on its port.</summary>
internal sealed class BrokerChoice : IAsyncDisposable
{
    private readonly EmbeddedBroker? _embedded;

    private BrokerChoice(MqttSettings settings, EmbeddedBroker? embedded) => (Settings, _embedded) = (settings, embedded);

    /// <summary>How to connect to it.</summary>
    public MqttSettings Settings { get; }

    /// <summary>Chooses, and starts the embedded one where it is chosen.</summary>
    /// <exception cref="ConfigurationException">A password can't be read.</exception>
    public static async Task<BrokerChoice> MakeAsync(MqttSettings settings, NodeReasons reasons, ILogger logger)
    {
        if (settings.Host is { } host)
        {
            bool isAnonymous = settings.Username is null && settings.Tls.CertificateFile is null;
            reasons.Set(NodeReasons.InsecureBroker, !ConfigurationCheck.IsLoopback(host) && (isAnonymous || !settings.Tls.Enabled));
            return new BrokerChoice(settings, null);
        }

        EmbeddedBroker? embedded = await EmbeddedBroker.StartAsync(settings.Embedded, logger);
        reasons.Set(NodeReasons.BrokerPortInUse, embedded is null);
        System.Net.IPEndPoint endpoint = embedded?.Endpoint ?? settings.Embedded.Listen;
        string address = endpoint.Address.Equals(System.Net.IPAddress.Any) ? "127.0.0.1"
            : endpoint.Address.Equals(System.Net.IPAddress.IPv6Any) ? "::1" : endpoint.Address.ToString();
        return new BrokerChoice(settings with
        {
            Host = address,
            Port = endpoint.Port,
            Username = settings.Embedded.Username,
            Password = settings.Embedded.Password,
        }, embedded);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
