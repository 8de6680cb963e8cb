using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Fleet;

/// <summary>Where transcripts go.</summary>
internal sealed class FleetOutputOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Output";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Output];

    private ValueOption<string?> Output { get; } = OptionFactory.Named("--output", "DIR", ValueKind.Path, "the path of a folder", "transcripts/", "The folder that transcripts are written to; it is made.");

    /// <summary>The folder.</summary>
    public string FolderOf(ParseResult call) => Output.Of(call, "transcripts")!;
}
