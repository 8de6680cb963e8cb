using System.CommandLine;
using Appliance.Service.Cli.Help;

namespace Appliance.Service.Cli;

/// <summary>A verb that only holds verbs, such as <c>models</c>.</summary>
internal sealed class VerbGroup(string name, string summary) : Command(name, summary), IManual
{
    /// <inheritdoc/>
    public required Manual Manual { get; init; }
}
