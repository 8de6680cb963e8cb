using Appliance.Service.Cli.Help;

namespace Appliance.Service.Cli.Config;

/// <summary>The verb <c>config</c>.</summary>
internal static class ConfigCommand
{
    /// <summary>Makes the verb with its verbs.</summary>
    public static VerbGroup Create() => new("config", "checks and shows the configuration")
    {
        Manual = new Manual
        {
            Description = ["The configuration is a JSON file, then what was changed at run time, then environment variables; each wins over those before it."],
            ExitCodes = ExitCodes,
        },
        Subcommands = { ConfigCheck.Create(), ConfigShow.Create(), ConfigSchema.Create() },
    };

    /// <summary>The exit statuses of all verbs here.</summary>
    internal static IReadOnlyList<ExitCode> ExitCodes { get; } = [ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.ConfigurationWrong];
}
