namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Euler's method on the ordinary differential equation of Karras et al. 2022 (algorithm 2 without churn).</summary>
/// <param name="config">The scheduler's configuration.</param>
/// <param name="run">What it is made for.</param>
/// <param name="usesKarras">Whether the sigmas are those of Karras.</param>
internal sealed class EulerScheduler(SchedulerConfig config, SchedulerRun run, bool usesKarras)
    : SigmaScheduler(config, run, EulerSigmas.Of(config, run.Steps, usesKarras))
{
    /// <inheritdoc/>
    public override void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        float sigma = Sigmas[step];
        float difference = Sigmas[step + 1] - sigma;
        SigmaSpace here = At(step);
        for (int i = 0; i < latents.Length; i++)
        {
            Estimate[i] = here.Clean(latents[i], output[i]);
            float derivative = (latents[i] - Estimate[i]) / sigma;
            latents[i] += derivative * difference;
        }
    }
}
