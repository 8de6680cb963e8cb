namespace Appliance.Service.Mqtt.Commands;

/// <summary>What the chunks of a stream hold.</summary>
/// <param name="Name">Name of the stream.</param>
/// <param name="Codec"><c>pcm</c> (16-bit little endian), <c>flac</c> or <c>opus</c> (in Ogg).</param>
/// <param name="RateHz">Samples a second, for PCM.</param>
/// <param name="Channels">Channels, for PCM.</param>
internal sealed record StreamFormat(string Name, string Codec, int RateHz, int Channels);
