using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Help;

/// <summary>What the help of a command says beyond its names.</summary>
internal sealed record Manual
{
    /// <summary>Arguments as in <c>FILE…</c>; empty without any.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>Paragraphs.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The verb's own options under their headings.</summary>
    public IReadOnlyList<OptionGroup> Groups { get; init; } = [];

    /// <summary>Command lines with what they do.</summary>
    public IReadOnlyList<ManualEntry> Examples { get; init; } = [];

    /// <summary>The exit statuses that can come.</summary>
    public IReadOnlyList<ExitCode> ExitCodes { get; init; } = [];

    /// <summary>Whether models, configuration and environment matter to this command.</summary>
    public bool ReadsConfiguration { get; init; } = true;
}
