using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Text that the model is given to go on.</summary>
internal sealed class PromptOptions : OptionGroup, ITranscriptionOptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Prompt";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [InitialPrompt, CarryInitialPrompt, Hotwords, ConditionOnPreviousText];

    private ValueOption<string?> InitialPrompt { get; } = OptionFactory.FreeText("--initial-prompt", "TEXT", "none",
        "Text before the first window: names, spelling, style.");

    private FlagOption CarryInitialPrompt { get; } = new("--carry-initial-prompt", false)
    {
        Description = "Gives the initial prompt to every window, not to the first alone.",
    };

    private ValueOption<string?> Hotwords { get; } = OptionFactory.FreeText("--hotwords", "TEXT", "none",
        "Words to favour in every window, such as names of people and products.");

    private FlagOption ConditionOnPreviousText { get; } = new("--condition-on-previous-text", true)
    {
        Description = "Gives the text so far to the next window: consistent, but a mistake can carry on.",
    };

    /// <inheritdoc/>
    public TranscriptionOptions Apply(ParseResult call, SpeechSettings settings, TranscriptionOptions options) => options with
    {
        InitialPrompt = InitialPrompt.Of(call, settings.InitialPrompt),
        CarryInitialPrompt = CarryInitialPrompt.Of(call),
        Hotwords = Hotwords.Of(call, settings.Hotwords),
        ConditionOnPreviousText = ConditionOnPreviousText.Of(call),
    };
}
