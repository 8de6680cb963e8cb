using System.CommandLine;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Call;

/// <summary>How a node transcribes.</summary>
internal sealed class TranscribeParameterOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Recognition";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Model, Language, Task, WordTimestamps];

    private ValueOption<string?> Model { get; } = OptionFactory.Named("--model", "NAME", ValueKind.Model, "the name of a model", "speech.model of the node",
        "Model of the node, by its name.");

    private ValueOption<string?> Language { get; } = OptionFactory.Named("--language", "LANGUAGE", ValueKind.Free, "a language code or its English name", "speech.language of the node",
        "Language that is spoken; auto detects it.");

    private ValueOption<string?> Task { get; } = OptionFactory.Choice("--task", ["transcribe", "translate"], "transcribe", "Transcribes, or translates to English.");

    private FlagOption WordTimestamps { get; } = new("--word-timestamps", false) { Description = "Gives words times; seen with --json." };

    /// <summary>The parameters of a request.</summary>
    public JsonObject ParametersOf(ParseResult call)
    {
        JsonObject parameters = [];
        foreach ((string name, string? value) in new[] { ("model", Model.Of(call)), ("language", Language.Of(call)), ("task", Task.Of(call)) })
        {
            if (value is not null)
            {
                parameters[name] = value;
            }
        }

        if (WordTimestamps.Of(call))
        {
            parameters["word_timestamps"] = true;
        }

        return parameters;
    }
}
