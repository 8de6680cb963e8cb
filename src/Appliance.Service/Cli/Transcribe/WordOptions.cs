using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Times of single words.</summary>
internal sealed class WordOptions : OptionGroup, ITranscriptionOptionGroup
{
    private const double LongestSilence = 3600;

    private static readonly TranscriptionOptions Defaults = new();

    /// <inheritdoc/>
    public override string Title => "Words";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [WordTimestamps, Prepend, Append, HallucinationSilence];

    private FlagOption WordTimestamps { get; } = new("--word-timestamps", false)
    {
        Description = "Gives every word its time (needs a model with attention scores). srt and vtt do it unasked where the model can, to cut cues between words.",
    };

    private ValueOption<string?> Prepend { get; } = OptionFactory.FreeText("--prepend-punctuations", "CHARACTERS", Defaults.PrependPunctuations,
        "Punctuation that belongs to the word after it.");

    private ValueOption<string?> Append { get; } = OptionFactory.FreeText("--append-punctuations", "CHARACTERS", Defaults.AppendPunctuations,
        "Punctuation that belongs to the word before it.");

    private ValueOption<double?> HallucinationSilence { get; } = OptionFactory.OptionalNumber(
        "--hallucination-silence-threshold", null, 0, LongestSilence, "None",
        "Skips silences longer than this many seconds around text that looks invented. Needs --word-timestamps.");

    /// <summary>Whether the caller wants word times; null when nothing was said.</summary>
    public bool? WishOf(ParseResult call) => call.Names(WordTimestamps) ? WordTimestamps.Of(call) : null;

    /// <inheritdoc/>
    public TranscriptionOptions Apply(ParseResult call, SpeechSettings settings, TranscriptionOptions options)
    {
        bool words = WordTimestamps.Of(call);
        double? silence = HallucinationSilence.Of(call);
        if (silence is not null && !words)
        {
            throw new CommandException(ExitCode.WrongCall, "--hallucination-silence-threshold needs word times: add --word-timestamps");
        }

        return options with
        {
            WordTimestamps = words,
            PrependPunctuations = Prepend.Of(call) ?? options.PrependPunctuations,
            AppendPunctuations = Append.Of(call) ?? options.AppendPunctuations,
            HallucinationSilenceThreshold = silence,
        };
    }
}
