using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Listen;

/// <summary>Where texts go.</summary>
internal sealed class ListenOutputOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Output";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Json, Save];

    private FlagOption Json { get; } = new("--json", false)
    {
        Description = "Writes each event as a JSON object on a line of its own: partial, final, dropped, gap, state, backlog.",
    };

    private ValueOption<string?> Save { get; } = OptionFactory.Named("--save", "DIR", ValueKind.Path, "the path of a folder",
        "nothing is kept: audio stays in memory",
        "Keeps the audio of each segment (WAV) and all final texts (transcript.jsonl) in a new folder below DIR, readable by this user alone.");

    /// <summary>Whether events are wanted as JSON.</summary>
    public bool WantsJson(ParseResult call) => Json.Of(call);

    /// <summary>The folder to keep things in, or null.</summary>
    public string? FolderOf(ParseResult call) => Save.Of(call);
}
