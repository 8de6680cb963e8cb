using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.History;

/// <summary>Which entries.</summary>
internal sealed class HistoryOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Entries";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Kind, Count];

    private ValueOption<string?> Kind { get; } = OptionFactory.Choice("--kind", ["transcripts", "images"], "both", "Only entries of this kind.");

    private ValueOption<int> Count { get; } = OptionFactory.WholeNumber("--count", 50, 1, 1_000_000, "Most entries.");

    /// <summary>The kind, or null for both.</summary>
    public string? KindOf(ParseResult call) => Kind.Of(call);

    /// <summary>Most entries.</summary>
    public int CountOf(ParseResult call) => Count.Of(call);
}
