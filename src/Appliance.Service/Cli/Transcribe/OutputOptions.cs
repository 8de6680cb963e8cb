using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Transcripts.Subtitles;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Where the transcript goes and what it looks like.</summary>
internal sealed class OutputOptions : OptionGroup
{
    private const int Widest = 1000;

    /// <inheritdoc/>
    public override string Title => "Output";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options =>
        [Output, OutputFolder, Format, Json, HighlightWords, MaxLineWidth, MaxLineCount, MaxWordsPerLine];

    private ValueOption<string?> Output { get; } = new("--output", "FILE|FOLDER", null, (string text, out string? value) => (value = text).Length > 0, "-o")
    {
        Description = "Writes to FILE, or for each input a/b.flac to FOLDER/b.EXT; FOLDER is created; with one input it must end in / unless it is there already, with several any name is a folder; - is standard output. "
            + "Nothing half-written ever stands under the final name.",
        Expected = "the path of a file or folder",
        Default = "standard output",
        Kind = ValueKind.Path,
    };

    private ValueOption<string?> OutputFolder { get; } = OptionFactory.Named("--output-dir", "FOLDER", ValueKind.Path, "the path of a folder",
        "standard output",
        "As --output FOLDER/.");

    private ValueOption<string?> Format { get; } = OptionFactory.Choice("--format", KnownNames.Formats, "the extension of --output FILE, else txt",
        "Form of the transcript. json has the keys of openai-whisper and more. On standard output several inputs can be txt or json (one document a line) only.",
        "--output-format");

    private FlagOption Json { get; } = new("--json", false)
    {
        Description = "As --format json.",
    };

    private FlagOption HighlightWords { get; } = new("--highlight-words", false)
    {
        Description = "Underlines each word of srt and vtt as it is spoken (needs word times).",
    };

    private ValueOption<int?> MaxLineWidth { get; } = OptionFactory.OptionalWholeNumber("--max-line-width", 1, Widest, "unlimited",
        "Characters of a line of srt and vtt before it is broken.");

    private ValueOption<int?> MaxLineCount { get; } = OptionFactory.OptionalWholeNumber("--max-line-count", 1, Widest, "unlimited",
        "Lines of a cue of srt and vtt (with --max-line-width).");

    private ValueOption<int?> MaxWordsPerLine { get; } = OptionFactory.OptionalWholeNumber("--max-words-per-line", 1, Widest, "unlimited",
        "Words of a line of srt and vtt (without --max-line-width).");

    /// <summary>What the caller wants, checked for contradictions.</summary>
    /// <exception cref="CommandException">Options that can't stand together.</exception>
    public OutputWish WishOf(ParseResult call)
    {
        string? output = Output.Of(call) is var named and not "-" ? named : null;
        string? folder = OutputFolder.Of(call);
        if (output is not null && folder is not null)
        {
            throw new CommandException(ExitCode.WrongCall, "--output and --output-dir exclude each other: give one of them");
        }

        string? format = Format.Of(call);
        if (Json.Of(call) && format is not (null or "json"))
        {
            throw new CommandException(ExitCode.WrongCall, $"--json and --format {format} exclude each other: give one of them");
        }

        return new OutputWish(output ?? folder, folder is not null, Json.Of(call) ? "json" : format, LayoutOf(call));
    }

    /// <summary>Options that have no effect in this call, one sentence each; openai-whisper warns of them as well.</summary>
    public IReadOnlyList<string> WarningsOf(ParseResult call)
    {
        bool hasWidth = MaxLineWidth.Of(call) is not null;
        List<string> warnings = [];
        if (MaxLineCount.Of(call) is not null && !hasWidth)
        {
            warnings.Add("--max-line-count has no effect without --max-line-width");
        }

        if (MaxWordsPerLine.Of(call) is not null && hasWidth)
        {
            warnings.Add("--max-words-per-line has no effect with --max-line-width");
        }

        return warnings;
    }

    private SubtitleOptions LayoutOf(ParseResult call) => new()
    {
        HighlightWords = HighlightWords.Of(call),
        MaxLineWidth = MaxLineWidth.Of(call),
        MaxLineCount = MaxLineCount.Of(call),
        MaxWordsPerLine = MaxWordsPerLine.Of(call),
    };
}
