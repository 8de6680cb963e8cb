using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Listening;
using Appliance.Speech.Segmentation;

namespace Appliance.Service.Cli.Listen;

/// <summary>When it is listened, and what of it is published.</summary>
internal sealed class SegmentOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Listening";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Mode, LevelThreshold, Phrase, Muted];

    private ValueOption<string?> Mode { get; } = OptionFactory.Choice("--mode", SegmentTriggers.Names, "capture.mode of the configuration, else continuous",
        "continuous: all speech. push-to-talk: while the button is pressed. level: speech that begins at least as loud as --level-threshold.");

    private ValueOption<double> LevelThreshold { get; } = OptionFactory.Number("--level-threshold", -40, -100, 0,
        "The level that wakes, in dBFS, for --mode level.");

    private TextListOption Phrase { get; } = new("--phrase", "TEXT")
    {
        Description = "Publishes only what follows this phrase, in the same segment or in the next one; may be given several times.",
        Default = "capture.phrases of the configuration, else everything is published",
    };

    private FlagOption Muted { get; } = new("--muted", false)
    {
        Description = "Starts muted: no sample is read before it is unmuted (key m, or the line unmute).",
    };

    /// <summary>Whether it starts muted.</summary>
    public bool StartsMuted(ParseResult call) => Muted.Of(call);

    /// <summary>The options with this group's values in place.</summary>
    public ListenOptions Apply(ParseResult call, CaptureSettings settings) => new()
    {
        Mode = Mode.Of(call, settings.Mode)!,
        LevelThreshold = LevelThreshold.Of(call, settings.LevelThreshold),
        Phrases = call.Names(Phrase) ? call.GetValue(Phrase)! : settings.Phrases,
    };
}
