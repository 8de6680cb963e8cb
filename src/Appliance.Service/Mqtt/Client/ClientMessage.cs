namespace Appliance.Service.Mqtt.Client;

/// <summary>A message that a client got.</summary>
/// <param name="Topic">Where.</param>
/// <param name="Payload">What.</param>
/// <param name="IsRetained">Whether the broker had kept it.</param>
internal sealed record ClientMessage(string Topic, byte[] Payload, bool IsRetained);
