namespace Appliance.Imaging.Decoding;

/// <summary>A decoded picture.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Decoder">How it was decoded, as the metadata say.</param>
internal sealed record DecodedImage(RgbImage Image, string Decoder);
