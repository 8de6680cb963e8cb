namespace Appliance.Service.Mqtt;

/// <summary>A message that the broker keeps, and that it is given again whenever it may have lost it.</summary>
/// <param name="Topic">Where.</param>
/// <param name="Payload">What; empty takes it away.</param>
/// <param name="ContentType">Type of the payload.</param>
internal sealed record RetainedMessage(string Topic, byte[] Payload, string? ContentType);
