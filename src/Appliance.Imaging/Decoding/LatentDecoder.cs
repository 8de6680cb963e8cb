using Appliance.Imaging.Denoising;
using Appliance.Imaging.Graphs;

namespace Appliance.Imaging.Decoding;

/// <summary>Latents to pixels: <c>latent_sample</c> [1, channels, h, w] to <c>sample</c> [1, 3, H, W] from −1 to 1.</summary>
/// <param name="graph">The decoder; owned from here on.</param>
/// <param name="scaling">The scale of the latents that it takes.</param>
/// <param name="name">What the picture's metadata call it.</param>
internal sealed class LatentDecoder(ComponentGraph graph, VaeScaling scaling, string name) : IDisposable
{
    private const int SmallSide = 8;

    /// <summary>Time spent in ONNX Runtime.</summary>
    public EngineTime Time => graph.Time;

    /// <summary>Decodes the latents of one picture, large ones in tiles.</summary>
    /// <exception cref="ImagingException">The decoder failed or gave no picture.</exception>
    public DecodedImage Decode(ReadOnlySpan<float> latents, LatentSize size, CancellationToken cancellationToken)
    {
        bool isTiled = LatentTiles.AreNeeded(size);
        Tensor decoded = isTiled
            ? LatentTiles.Decode(latents, size, (tile, tileSize) => DecodeValues(tile, tileSize, cancellationToken))
            : DecodeValues(latents, size, cancellationToken);
        return new(Pixels.ToImage(decoded), isTiled ? name + "-tiled" : name);
    }

    /// <summary>The values before they become pixels, shape [1, 3, H, W], in one piece.</summary>
    public Tensor DecodeValues(ReadOnlySpan<float> latents, LatentSize size, CancellationToken cancellationToken)
    {
        float[] values = new float[latents.Length];
        scaling.ToDecoder(latents, values);
        return graph.Run("latent_sample", values, [1, size.Channels, size.Height, size.Width], ["sample"], cancellationToken)[0];
    }

    /// <summary>Gives back the memory that large pictures took.</summary>
    public void ReleaseMemory(int channels) => graph.RunAndShrink("latent_sample", new float[channels * SmallSide * SmallSide], [1, channels, SmallSide, SmallSide], ["sample"]);

    /// <inheritdoc/>
    public void Dispose() => graph.Dispose();
}
