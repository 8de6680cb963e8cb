using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Config;

/// <summary><c>config check</c>.</summary>
internal static class ConfigCheck
{
    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new VerbCommand("check", "lists everything that is wrong with the configuration", Run)
    {
        Manual = new Manual
        {
            Description = ["Reads the configuration as the service would, also what values need of each other and the secrets that it refers to, and lists all problems. Exit status 0: the service starts with it; 78: it does not."],
            Examples = [new("appliance --config new.json config check && cp new.json /etc/appliance/appliance.json", "checks a file before it is used")],
            ExitCodes = ConfigCommand.ExitCodes,
        },
    }.WithOptions();

    private static ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        LoadedConfiguration loaded = ConfigurationReader.LoadForService(GlobalOptions.Instance.FileOf(context.Call), Environment.GetEnvironmentVariables());
        foreach (string warning in loaded.Warnings)
        {
            context.Terminal.WriteWarning(warning);
        }

        context.Terminal.WriteWarning($"{loaded.File ?? "no file, built-in defaults"}: ok");
        return ExitCode.Done;
    }
}
