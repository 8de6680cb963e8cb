namespace Appliance.Service.Mqtt;

/// <summary>The broker does not want this client.</summary>
internal sealed class MqttRefusedException(string message) : Exception(message);
