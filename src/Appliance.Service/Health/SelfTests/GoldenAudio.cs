namespace Appliance.Service.Health.SelfTests;

/// <summary>Samples of the bundled clip.</summary>
/// <param name="Samples">How many, at 16 kHz.</param>
/// <param name="Sha256">Of the samples as 16-bit little endian.</param>
internal sealed record GoldenAudio(int Samples, string Sha256);
