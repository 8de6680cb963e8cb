using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>What is spoken and what is wanted of it.</summary>
internal sealed class LanguageOptions : OptionGroup, ITranscriptionOptionGroup
{
    private static readonly string[] Tasks = ["transcribe", "translate"];

    /// <inheritdoc/>
    public override string Title => "Language";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Language, Languages, Task];

    private ValueOption<string?> Language { get; } = new("--language", "LANGUAGE", null, KnownNames.TryParseLanguage)
    {
        Description = "Language spoken: a code such as en, an English name such as German, or auto to detect it.",
        Expected = "auto or one of " + KnownNames.LanguageList,
        Default = "auto",
        Choices = KnownNames.LanguageCodes,
        Kind = ValueKind.Choice,
    };

    private ValueOption<string[]?> Languages { get; } = new("--languages", "LIST", null, KnownNames.TryParseLanguages)
    {
        Description = "Languages that may be detected, with commas between them.",
        Expected = "names with commas between them out of " + KnownNames.LanguageList,
        Default = "all that the model knows",
        Choices = KnownNames.LanguageCodes,
        Kind = ValueKind.Choice,
    };

    private ValueOption<string?> Task { get; } = OptionFactory.Choice("--task", Tasks, "transcribe",
        "The words as spoken, or an English translation of them.");

    /// <inheritdoc/>
    public TranscriptionOptions Apply(ParseResult call, SpeechSettings settings, TranscriptionOptions options) => options with
    {
        Language = Language.Of(call, settings.Language),
        Languages = Languages.Of(call, null) ?? settings.Languages,
        Task = Task.Of(call) == "translate" ? SpeechTask.Translate : SpeechTask.Transcribe,
    };
}
