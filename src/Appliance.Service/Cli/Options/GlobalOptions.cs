using System.CommandLine;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Options;

/// <summary>Options that every verb takes.</summary>
internal sealed class GlobalOptions : OptionGroup
{
    /// <summary>The one set of them.</summary>
    public static GlobalOptions Instance { get; } = new();

    /// <inheritdoc/>
    public override string Title => "Global options";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Options => [Config, Verbose, Quiet, Version, Help];

    private ValueOption<string?> Config { get; } = new("--config", "FILE", null, (string text, out string? value) => (value = text).Length > 0)
    {
        Description = "Reads the configuration from FILE.",
        Expected = "the path of a file",
        Default = $"{ProductFiles.ConfigurationFile} when it is there, else built-in defaults",
        Kind = ValueKind.Path,
        Recursive = true,
    };

    private FlagOption Verbose { get; } = new("--verbose", false)
    {
        Description = "Says more on standard error: which execution providers were passed over and why, where time went, details of faults.",
        Recursive = true,
    };

    private FlagOption Quiet { get; } = new("--quiet", false)
    {
        Description = "Says nothing on standard error but errors.",
        Recursive = true,
    };

    private FlagOption Version { get; } = new("--version", false)
    {
        Description = "Prints the version and ends.",
        Recursive = true,
        Action = new VersionAction(),
    };

    private FlagOption Help { get; } = new("--help", false, "-h", "-?")
    {
        Description = "Prints this help, or the help of a verb, and ends.",
        Recursive = true,
        Action = new Help.ManualAction(),
    };

    /// <summary>How much the caller wants to be told.</summary>
    /// <exception cref="CommandException">Both --verbose and --quiet.</exception>
    public Verbosity VerbosityOf(ParseResult call)
    {
        bool verbose = Verbose.Of(call);
        bool quiet = Quiet.Of(call);
        if (verbose && quiet)
        {
            throw new CommandException(ExitCode.WrongCall, "--verbose and --quiet exclude each other: give one of them");
        }

        return verbose ? Verbosity.Verbose : quiet ? Verbosity.Quiet : Verbosity.Normal;
    }

    /// <summary>The settings in force for this call.</summary>
    /// <exception cref="ConfigurationException">Something is wrong with them.</exception>
    public ApplianceSettings SettingsOf(ParseResult call) => ConfigurationReader.Read(Config.Of(call), Environment.GetEnvironmentVariables());

    /// <summary>The configuration file that the caller named, or null.</summary>
    public string? FileOf(ParseResult call) => Config.Of(call);
}
