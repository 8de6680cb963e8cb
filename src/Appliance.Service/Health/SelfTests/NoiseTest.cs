using Appliance.Imaging.Denoising.Noise;

namespace Appliance.Service.Health.SelfTests;

/// <summary>The noise that pictures start from.</summary>
internal sealed class NoiseTest : ISelfTest
{
    private const double Tolerance = 2e-6;

    /// <inheritdoc/>
    public string Name => "noise";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        GoldenPicture golden = context.Golden.Picture;
        float[] noise = new float[golden.NoiseCount];
        NoiseGenerators.Find(NoiseGenerators.Default).Create(golden.NoiseSeed).Fill(noise);
        double deviation = golden.Noise.Select((value, i) => (double)Math.Abs(value - noise[i])).Max();
        return SelfTestOutcome.Within(deviation, Tolerance, "torch-cpu");
    }
}
