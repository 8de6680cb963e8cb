using Appliance.Imaging.Denoising.Noise;
using Appliance.Imaging.Graphs;

namespace Appliance.Imaging.Decoding;

/// <summary>
/// Pixels to latents: <c>sample</c> [1, 3, H, W] to <c>latent_sample</c>, or to <c>latent_parameters</c> (mean and logarithm of the variance,
/// one after the other), from which a sample is drawn here.
/// </summary>
/// <param name="graph">The encoder; owned from here on.</param>
/// <param name="scaling">The scale of the latents.</param>
internal sealed class ImageEncoder(ComponentGraph graph, VaeScaling scaling) : IDisposable
{
    private const string Parameters = "latent_parameters";

    /// <summary>Time spent in ONNX Runtime.</summary>
    public EngineTime Time => graph.Time;

    /// <summary>Encodes a picture; draws from the noise when the graph leaves that to the caller.</summary>
    /// <returns>Latents times the scaling factor, shape [channels, h, w].</returns>
    public float[] Encode(RgbImage image, INoiseSource noise, CancellationToken cancellationToken)
    {
        bool givesParameters = graph.OutputNames.Contains(Parameters);
        Tensor result = graph.Run("sample", Pixels.FromImage(image), [1, 3, image.Height, image.Width], [givesParameters ? Parameters : "latent_sample"], cancellationToken)[0];
        float[] latents = givesParameters ? Sample(result.Values, noise) : result.Values;
        scaling.ToLatents(latents);
        return latents;
    }

    /// <inheritdoc/>
    public void Dispose() => graph.Dispose();

    private static float[] Sample(float[] parameters, INoiseSource noise)
    {
        int count = parameters.Length / 2;
        float[] latents = new float[count];
        noise.Fill(latents);
        for (int i = 0; i < count; i++)
        {
            float deviation = MathF.Exp(0.5f * Math.Clamp(parameters[count + i], -30, 20));
            latents[i] = parameters[i] + (deviation * latents[i]);
        }

        return latents;
    }
}
