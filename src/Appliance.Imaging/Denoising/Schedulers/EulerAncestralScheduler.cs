namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>Ancestral sampling with Euler's method: each step goes below its aim and adds noise up to it.</summary>
/// <param name="config">The scheduler's configuration.</param>
/// <param name="run">What it is made for.</param>
internal sealed class EulerAncestralScheduler(SchedulerConfig config, SchedulerRun run)
    : SigmaScheduler(config, run, EulerSigmas.Of(config, run.Steps, usesKarras: false))
{
    /// <inheritdoc/>
    public override bool DrawsNoise(int step) => true;

    /// <inheritdoc/>
    public override void Step(int step, ReadOnlySpan<float> output, Span<float> latents, ReadOnlySpan<float> noise)
    {
        float from = Sigmas[step];
        float to = Sigmas[step + 1];
        float up = MathF.Sqrt((to * to) * ((from * from) - (to * to)) / (from * from));
        float down = MathF.Sqrt((to * to) - (up * up));
        SigmaSpace here = At(step);
        for (int i = 0; i < latents.Length; i++)
        {
            Estimate[i] = here.Clean(latents[i], output[i]);
            float derivative = (latents[i] - Estimate[i]) / from;
            latents[i] = latents[i] + (derivative * (down - from)) + (noise[i] * up);
        }
    }
}
