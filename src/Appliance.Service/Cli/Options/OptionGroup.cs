using System.CommandLine;

namespace Appliance.Service.Cli.Options;

/// <summary>Options that stand under one heading in the help.</summary>
internal abstract class OptionGroup
{
    /// <summary>The heading.</summary>
    public abstract string Title { get; }

    /// <summary>The options in the order of the help.</summary>
    public abstract IReadOnlyList<Option> Options { get; }
}
