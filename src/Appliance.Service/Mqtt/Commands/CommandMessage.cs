namespace Appliance.Service.Mqtt.Commands;

/// <summary>A message as it came, without the library's types.</summary>
/// <param name="Verb">Last level of its topic.</param>
/// <param name="Payload">Its bytes.</param>
internal sealed record CommandMessage(string Verb, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Whether it came with the retain flag.</summary>
    public bool IsRetained { get; init; }

    /// <summary>Whether the broker may have given it before.</summary>
    public bool IsRedelivery { get; init; }

    /// <summary>Type of the payload, where the sender speaks MQTT 5.</summary>
    public string? ContentType { get; init; }

    /// <summary>Response topic, where the sender speaks MQTT 5.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>Correlation data, where the sender speaks MQTT 5.</summary>
    public byte[]? Correlation { get; init; }

    /// <summary>User properties, where the sender speaks MQTT 5.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>Whether it is shared work of a fleet.</summary>
    public bool IsFleet { get; init; }
}
