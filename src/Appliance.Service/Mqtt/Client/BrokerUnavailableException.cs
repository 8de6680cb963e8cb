namespace Appliance.Service.Mqtt.Client;

/// <summary>There is no broker, no node, or nobody who would do it. The message is "what is wrong: what to do".</summary>
internal sealed class BrokerUnavailableException(string message, bool isForbidden, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when the broker does not want this user.</summary>
    public bool IsForbidden { get; } = isForbidden;
}
