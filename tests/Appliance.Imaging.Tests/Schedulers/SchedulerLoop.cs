using Appliance.Imaging.Denoising.Schedulers;

namespace Appliance.Imaging.Tests.Schedulers;

/// <summary>The loop that shared/golden/imaging/README.md describes: a made-up denoiser over 64 values.</summary>
internal static class SchedulerLoop
{
    private const int Count = 64;

    /// <summary>The largest difference of any step, in standard deviations of the reference's latents of that step.</summary>
    public static double WorstDifference(IScheduler scheduler, ReadOnlySpan<float> expected)
    {
        float[] latents = [.. Ramp(37, 101, 50).Select(value => value * scheduler.InitNoiseSigma)];
        float[] pattern = Ramp(53, 89, 44);
        float[] input = new float[Count];
        float[] output = new float[Count];
        float[] noise = new float[Count];
        int draws = 0;
        double worst = 0;
        scheduler.Reset();
        for (int step = 0; step < scheduler.Timesteps.Length; step++)
        {
            scheduler.ScaleModelInput(step, latents, input);
            for (int i = 0; i < Count; i++)
            {
                output[i] = (0.1f * input[i]) + (0.001f * scheduler.Timesteps[step] * pattern[i]);
            }

            if (scheduler.DrawsNoise(step))
            {
                for (int i = 0; i < Count; i++)
                {
                    noise[i] = ((((i * 29) + (draws * 17)) % 97) / 48f) - 1;
                }

                draws++;
            }

            scheduler.Step(step, output, latents, noise);
            worst = Math.Max(worst, Difference(expected.Slice(step * Count, Count), latents));
        }

        return worst;
    }

    private static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double mean = 0;
        double largest = 0;
        for (int i = 0; i < Count; i++)
        {
            mean += expected[i] / (double)Count;
            double difference = Math.Abs((double)expected[i] - actual[i]);
            largest = difference <= largest ? largest : difference;
        }

        double variance = 0;
        foreach (float value in expected)
        {
            variance += (value - mean) * (value - mean) / Count;
        }

        return largest / Math.Sqrt(variance);
    }

    private static float[] Ramp(int factor, int modulus, float scale) => [.. Enumerable.Range(0, Count).Select(i => (i * factor % modulus / scale) - 1)];
}
