namespace Appliance.Service.Configuration;

/// <summary>Section <c>mqtt</c>.</summary>
internal sealed record MqttSettings
{
    /// <summary>The broker; null for the embedded one.</summary>
    public string? Host { get; init; }

    /// <summary>Its port; null for the usual one.</summary>
    public int? Port { get; init; }

    /// <summary>First levels of all topics.</summary>
    public string Base { get; init; } = "edge";

    /// <summary>User; null for nobody.</summary>
    public string? Username { get; init; }

    /// <summary>Where the password is.</summary>
    public SecretReference? Password { get; init; }

    /// <summary>Whether a broker on another machine may be used without a user.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Whether Home Assistant is told of this device.</summary>
    public bool HomeAssistant { get; init; } = true;

    /// <summary>Where Home Assistant looks.</summary>
    public string DiscoveryPrefix { get; init; } = "homeassistant";

    /// <summary>Topics below which replies may go, beside the node's own.</summary>
    public IReadOnlyList<string> ReplyPrefixes { get; init; } = [];

    /// <summary>Kinds of shared work that are taken.</summary>
    public IReadOnlyList<string> Fleet { get; init; } = [];

    /// <summary>Encryption.</summary>
    public MqttTlsSettings Tls { get; init; } = new();

    /// <summary>The broker in this process.</summary>
    public EmbeddedBrokerSettings Embedded { get; init; } = new();

    /// <summary>The port in force.</summary>
    public int EffectivePort => Port ?? (Tls.Enabled ? 8883 : 1883);
}
