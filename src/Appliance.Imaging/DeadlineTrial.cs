using System.Diagnostics;
using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Models;
using Appliance.Imaging.Prompts;

namespace Appliance.Imaging;

/// <summary>Measures what a step and a decoding take on this machine, now.</summary>
internal sealed class DeadlineTrial(DiffusionModel model, LatentSize size, CancellationToken cancellationToken)
{
    // smaller latents are decoded whole; larger ones at half the side, a quarter of the work
    private const int SmallPlaces = 32 * 32;

    /// <summary>Time of a step: of the second where that costs little, since the first pays for memory and more.</summary>
    public TimeSpan Step(PromptEmbedding embedding, double guidance, TimeSpan remaining)
    {
        Denoiser denoiser = model.Parts.Denoiser;
        denoiser.Begin(embedding, size, denoiser.ConditionWidth > 0 ? Guidance.Embed(guidance, denoiser.ConditionWidth) : []);
        float[] latents = Noise();
        float[] output = new float[latents.Length * embedding.Rows];
        TimeSpan first = Time(() => denoiser.Run(latents, 500, output, cancellationToken));
        return first > remaining / 20 ? first : Time(() => denoiser.Run(latents, 500, output, cancellationToken));
    }

    /// <summary>Time of a decoding.</summary>
    public TimeSpan Decoding(LatentDecoder decoder)
    {
        bool isSmall = size.Height * size.Width <= SmallPlaces;
        LatentSize tried = isSmall ? size : new(size.Channels, Math.Max(1, size.Height / 2), Math.Max(1, size.Width / 2));
        TimeSpan once = Time(() => decoder.DecodeValues(Noise().AsSpan(0, tried.Count), tried, cancellationToken));
        return once * ((double)size.Count / tried.Count);
    }

    private static TimeSpan Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }

    private float[] Noise()
    {
        float[] noise = new float[size.Count];
        new Denoising.Noise.PhiloxNoise(0).Fill(noise);
        return noise;
    }
}
