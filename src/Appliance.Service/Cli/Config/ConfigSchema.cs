using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Config;

/// <summary><c>config schema</c>.</summary>
internal static class ConfigSchema
{
    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new VerbCommand("schema", "prints the JSON Schema of the configuration file", Run)
    {
        Manual = new Manual
        {
            Description = ["Prints the JSON Schema (draft 2020-12) of appliance.json, for editors. The same is installed as /usr/share/appliance/appliance.schema.json."],
            Examples = [new("appliance config schema >appliance.schema.json", "for an editor")],
            ExitCodes = ConfigCommand.ExitCodes,
        },
    }.WithOptions();

    private static ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        JsonReport.Write(context.Terminal, ConfigurationSchema.Create());
        return ExitCode.Done;
    }
}
