using System.Text.Json.Nodes;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli.Config;

/// <summary><c>config show</c>.</summary>
internal sealed class ConfigShow
{
    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new ConfigShow().Build();

    private VerbCommand Build() => new VerbCommand("show", "prints each value with where it comes from", Run)
    {
        Manual = new Manual
        {
            Description = ["Prints every key, its value in force and its origin: default, a file, or an environment variable. Secrets are shown as references only: the configuration holds nothing else."],
            Groups = [_report],
            Examples = [new("appliance config show | grep -v default", "what is not at its default")],
            ExitCodes = ConfigCommand.ExitCodes,
        },
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        LoadedConfiguration loaded = ConfigurationReader.Load(GlobalOptions.Instance.FileOf(context.Call), Environment.GetEnvironmentVariables());
        JsonArray report = [];
        ReportTable table = new("key", "value", "origin");
        foreach (SettingKey key in SettingKeys.InOrder)
        {
            JsonNode? value = key.Show(loaded.Settings);
            string origin = loaded.Origins.GetValueOrDefault(key.FullName, "default");
            table.Add(key.FullName, value?.ToJsonString() ?? "null", origin);
            report.Add(new JsonObject { ["key"] = key.FullName, ["value"] = value, ["origin"] = origin, ["settable"] = key.IsSettable });
        }

        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, report);
        }
        else
        {
            table.Write(context.Terminal);
        }

        return ExitCode.Done;
    }
}
