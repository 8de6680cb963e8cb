using System.CommandLine;

namespace Appliance.Service.Cli.Options;

/// <summary>An option that may be given several times, each time with one text.</summary>
internal sealed class TextListOption : Option<string[]>, IOptionManual
{
    public TextListOption(string name, string placeholder)
        : base(name)
    {
        HelpName = placeholder;
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = false;
        DefaultValueFactory = _ => [];
    }

    /// <inheritdoc/>
    public required string Default { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Choices => [];

    /// <inheritdoc/>
    public ValueKind Kind { get; init; }
}
