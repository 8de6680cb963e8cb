using Appliance.Imaging.Denoising;
using Appliance.Imaging.Graphs;

namespace Appliance.Imaging.Decoding;

/// <summary>Latents to pixels: <c>latent_sample</c> [1, channels, h, w] to <c>sample</c> [1, 3, H, W] from −1 to 1.</summary>
/// <param name="graph">The decoder; owned from here on.</param>
/// <param name="scaling">The scale of the latents.</param>
internal sealed class LatentDecoder(ComponentGraph graph, VaeScaling scaling) : IDisposable
{
    /// <summary>Time spent in ONNX Runtime.</summary>
    public EngineTime Time => graph.Time;

    /// <summary>Decodes the latents of one picture.</summary>
    /// <exception cref="ImagingException">The decoder failed or gave no picture.</exception>
    public RgbImage Decode(ReadOnlySpan<float> latents, LatentSize size, CancellationToken cancellationToken)
    {
        Tensor decoded = DecodeValues(latents, size, cancellationToken);
        return Pixels.ToImage(decoded);
    }

    /// <summary>The values before they become pixels, shape [1, 3, H, W].</summary>
    public Tensor DecodeValues(ReadOnlySpan<float> latents, LatentSize size, CancellationToken cancellationToken)
    {
        float[] values = new float[latents.Length];
        scaling.ToDecoder(latents, values);
        return graph.Run("latent_sample", values, [1, size.Channels, size.Height, size.Width], ["sample"], cancellationToken)[0];
    }

    /// <inheritdoc/>
    public void Dispose() => graph.Dispose();
}
