using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>When a result is not believed, and what happens then.</summary>
internal sealed class FallbackOptions : OptionGroup, ITranscriptionOptionGroup
{
    // floating-point steps may land just above the top
    private const double Slack = 1e-6;

    /// <inheritdoc/>
    public override string Title => "Fallback and doubt";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options =>
        [Temperature, Increment, CompressionRatio, LogProbability, NoSpeech, LoopGuard, Firewall];

    private ValueOption<double> Temperature { get; } = OptionFactory.Number("--temperature", 0, 0, 1,
        "Sampling temperature of the first attempt.");

    private ValueOption<double?> Increment { get; } = OptionFactory.OptionalNumber("--temperature-increment-on-fallback", 0.2, 0.01, 1, "0.2",
        "How much hotter each further attempt is, up to 1.0; None makes one attempt only.");

    private ValueOption<double?> CompressionRatio { get; } = OptionFactory.OptionalNumber("--compression-ratio-threshold", 2.4, 0, 1000, "2.4",
        "A text that zlib packs better than this failed (it repeats itself); None turns the check off.");

    private ValueOption<double?> LogProbability { get; } = OptionFactory.OptionalNumber("--logprob-threshold", -1, -1000, 0, "-1",
        "A text below this average log-probability failed; None turns the check off.");

    private ValueOption<double?> NoSpeech { get; } = OptionFactory.OptionalNumber("--no-speech-threshold", 0.6, 0, 1, "0.6",
        "A window above this probability of no speech that also failed on log-probability is silence; None turns the check off.");

    private ValueOption<bool> LoopGuard { get; } = OptionFactory.OnOff("--loop-guard", true,
        "A window that repeats itself counts as a failed attempt.");

    private FlagOption Firewall { get; } = new("--firewall", false)
    {
        Description = "Holds back text that looks invented (nobody is heard, the model does not believe it, it repeats itself, it is a phrase learnt from subtitles of silence); json lists it under dropped with its reason.",
    };

    /// <inheritdoc/>
    public TranscriptionOptions Apply(ParseResult call, SpeechSettings settings, TranscriptionOptions options) => options with
    {
        Temperatures = Ladder(Temperature.Of(call), Increment.Of(call)),
        CompressionRatioThreshold = CompressionRatio.Of(call),
        LogProbabilityThreshold = LogProbability.Of(call),
        NoSpeechThreshold = NoSpeech.Of(call),
        LoopGuard = LoopGuard.Of(call),
        Firewall = Firewall.Of(call),
    };

    /// <summary>First, first + increment, … up to 1.0; rounded, so that 3 × 0.2 is 0.6.</summary>
    internal static IReadOnlyList<double> Ladder(double first, double? increment)
    {
        if (increment is not { } step)
        {
            return [first];
        }

        int steps = (int)Math.Floor((1.0 - first + Slack) / step);
        return [.. Enumerable.Range(0, steps + 1).Select(i => Math.Round(first + (i * step), 6))];
    }
}
