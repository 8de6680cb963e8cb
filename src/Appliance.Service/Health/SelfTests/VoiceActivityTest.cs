using Appliance.Speech.Segmentation;

namespace Appliance.Service.Health.SelfTests;

/// <summary>Speech probabilities of the clip.</summary>
internal sealed class VoiceActivityTest : ISelfTest
{
    // golden values have six digits; processors differ in the order of their sums
    private const double Tolerance = 1e-5;

    /// <inheritdoc/>
    public string Name => "voice-activity";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<float> golden = context.Golden.SpeechProbabilities;
        using SileroVad detector = SileroVad.Load(context.VoiceActivityFolder, context.Sessions);
        float[] probabilities = new float[detector.FramesFor(context.Samples.Length) + 1];
        int count = detector.Append(context.Samples, probabilities);
        count += detector.Finish(probabilities.AsSpan(count));
        if (count < golden.Count)
        {
            return new(false, $"{count} probabilities in place of {golden.Count}");
        }

        double deviation = golden.Select((value, index) => Math.Abs(value - (double)probabilities[index])).Max();
        return SelfTestOutcome.Within(deviation, Tolerance, $"{golden.Count} probabilities");
    }
}
