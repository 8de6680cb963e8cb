using System.Net;

namespace Appliance.Service.Configuration;

/// <summary>Section <c>mqtt.embedded</c>.</summary>
internal sealed record EmbeddedBrokerSettings
{
    /// <summary>Where it listens.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 1883);

    /// <summary>The user that clients must name; null lets everybody in.</summary>
    public string? Username { get; init; }

    /// <summary>Where that user's password is.</summary>
    public SecretReference? Password { get; init; }
}
