using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Configuration;
using Appliance.Service.Storage;

namespace Appliance.Service.Cli.Run;

/// <summary>The verb <c>run</c>: the service.</summary>
internal static class RunCommand
{
    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new VerbCommand("run", "runs the service: listens, takes jobs over MQTT, tells Home Assistant", Run)
    {
        Grace = TimeSpan.FromSeconds(10),
        Manual = new Manual
        {
            Description =
            [
                "Runs the service until it is ended. It listens to the microphone, takes jobs over MQTT and tells what it does there; Home Assistant finds it by itself. Without mqtt.host in the configuration it brings its own broker, on 127.0.0.1:1883.",
                "Accepted jobs and their results survive a crash and a broker that is away. Audio is in memory only. Nothing is kept beyond its delivery unless storage.retentionDays says so.",
                "Messages go to standard error. SIGTERM and Ctrl-C end it: what was being said is still written down, results that wait are sent for up to three seconds.",
            ],
            Examples =
            [
                new("appliance run", "the service with the configuration of /etc/appliance/appliance.json"),
                new("APPLIANCE_MQTT__HOST=broker.lan APPLIANCE_MQTT__USERNAME=appliance APPLIANCE_MQTT__PASSWORD=file:/etc/appliance/mqtt-password appliance run", "with a broker on another machine"),
            ],
            ExitCodes = [ExitCode.Done, ExitCode.Failed, ExitCode.WrongCall, ExitCode.Unavailable, ExitCode.OutputFailed, ExitCode.ConfigurationWrong],
        },
    }.WithOptions();

    private static ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        RuntimeSettings settings = new(GlobalOptions.Instance.FileOf(context.Call), Environment.GetEnvironmentVariables());
        foreach (string warning in settings.Warnings)
        {
            context.Terminal.WriteWarning(warning);
        }

        try
        {
            new ApplianceHost(settings, TimeProvider.System, new ServiceLogger(context.Terminal)).RunAsync(cancellationToken).GetAwaiter().GetResult();
            return ExitCode.Done;
        }
        catch (StorageException fault)
        {
            throw new CommandException(fault.Code == StorageError.InUse ? ExitCode.Unavailable : ExitCode.OutputFailed, fault.Message, fault);
        }
    }
}
