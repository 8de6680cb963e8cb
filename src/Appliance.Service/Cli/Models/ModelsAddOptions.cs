using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Models;

/// <summary>Options of <c>models add</c>.</summary>
internal sealed class ModelsAddOptions : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Options";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Name];

    private ValueOption<string?> Name { get; } = OptionFactory.FreeText("--name", "NAME", "the manifest's, else that of the folder",
        "Name of the model in the catalogue: lower-case letters, digits, dot, dash, underscore.");

    /// <summary>The name that the caller wants, or null.</summary>
    public string? NameOf(ParseResult call) => Name.Of(call);
}
