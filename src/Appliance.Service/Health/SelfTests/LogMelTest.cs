using Appliance.Native;

namespace Appliance.Service.Health.SelfTests;

/// <summary>Log-mel of the clip and 30 s of silence after it, with one kind of vector code.</summary>
internal sealed class LogMelTest(int melCount, SimdLevel level) : ISelfTest
{
    private const int HopSamples = 160;
    private const int PaddingSamples = 30 * 16000;
    private const double Tolerance = 1e-4;

    /// <inheritdoc/>
    public string Name => $"log-mel-{melCount}-{level.ToString().ToLowerInvariant()}";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        GoldenLogMel golden = context.Golden.LogMel.First(golden => golden.MelCount == melCount);
        int frames = (context.Samples.Length + PaddingSamples) / HopSamples;
        float[] window = Extract(context.Samples, frames);
        double deviation = new[]
        {
            window.Min() - golden.Minimum,
            window.Max() - golden.Maximum,
            Mean(window, frames, frames) - golden.Mean,
            Mean(window, frames, 3000) - golden.MeanFirst3000,
            Mean(window, frames, 1100) - golden.MeanFirst1100,
        }.Concat(golden.Points.Select(point => window[(point.Mel * frames) + point.Frame] - point.Value)).Max(Math.Abs);
        return SelfTestOutcome.Within(deviation, Tolerance, $"{melCount} mels, {frames} frames");
    }

    private float[] Extract(float[] samples, int frames)
    {
        using LogMelExtractor extractor = new(melCount, level);
        float[] padded = [.. samples, .. new float[PaddingSamples]];
        float[] raw = new float[(frames + 4) * melCount];
        int written = extractor.Append(padded, raw);
        written += extractor.Finish(raw.AsSpan(written * melCount));
        float[] window = new float[frames * melCount];
        int used = Math.Min(written, frames);
        LogMelExtractor.Normalize(raw.AsSpan(0, used * melCount), melCount, extractor.Maximum, window, frames);
        return window;
    }

    private double Mean(float[] window, int frames, int first)
    {
        double sum = 0;
        for (int mel = 0; mel < melCount; mel++)
        {
            foreach (float value in window.AsSpan(mel * frames, first))
            {
                sum += value;
            }
        }

        return sum / ((double)first * melCount);
    }
}
