namespace Appliance.Imaging.Decoding;

/// <summary>The decoders that a model may have.</summary>
internal static class DecoderNames
{
    /// <summary>The autoencoder that the model was trained with.</summary>
    public const string Vae = "vae";

    /// <summary>The same in float32, for one that overflows in half precision.</summary>
    public const string Float32 = "vae-float32";

    /// <summary>A small one that imitates it (TAESD and its like): quicker, softer.</summary>
    public const string Tiny = "tiny";
}
