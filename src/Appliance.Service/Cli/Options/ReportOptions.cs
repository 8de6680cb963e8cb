using System.CommandLine;

namespace Appliance.Service.Cli.Options;

/// <summary>What every verb takes that reports something.</summary>
internal sealed class ReportOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Options";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Json];

    private FlagOption Json { get; } = new("--json", false)
    {
        Description = "Prints one JSON document. Without it: a table on a terminal, else lines with tabs between the fields.",
    };

    /// <summary>Whether JSON is wanted.</summary>
    public bool WantsJson(ParseResult call) => Json.Of(call);
}
