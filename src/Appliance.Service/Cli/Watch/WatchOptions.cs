using System.CommandLine;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Watch;

/// <summary>How messages are shown.</summary>
internal sealed class WatchOptions(FlagOption json) : OptionGroup
{
    /// <inheritdoc/>
    public override string Title => "Output";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [json];
}
