using Appliance.Service.Cli.Call;
using Appliance.Service.Cli.Help;

namespace Appliance.Service.Cli.Fleet;

/// <summary>The verb <c>fleet</c>.</summary>
internal static class FleetCommand
{
    /// <summary>Makes the verb with its verbs.</summary>
    public static VerbGroup Create() => new("fleet", "spreads work over several nodes")
    {
        Manual = new Manual
        {
            Description = ["Nodes take shared work when mqtt.fleet lists its kinds. The broker must share subscriptions (MQTT 5): mosquitto, EMQX, HiveMQ and VerneMQ do, the embedded one does not."],
            ExitCodes = CallCommand.ExitCodes,
        },
        Subcommands = { FleetSubmit.Create() },
    };
}
