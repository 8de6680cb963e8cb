using Appliance.Service.Cli;
using Appliance.Service.Cli.Call;
using Appliance.Service.Cli.Completion;
using Appliance.Service.Cli.Config;
using Appliance.Service.Cli.Doctor;
using Appliance.Service.Cli.Fleet;
using Appliance.Service.Cli.History;
using Appliance.Service.Cli.Imagine;
using Appliance.Service.Cli.Listen;
using Appliance.Service.Cli.Models;
using Appliance.Service.Cli.Run;
using Appliance.Service.Cli.SelfTest;
using Appliance.Service.Cli.Setup;
using Appliance.Service.Cli.Transcribe;
using Appliance.Service.Cli.Watch;

namespace Appliance.Service;

/// <summary>The program: its verbs, in the order of the help.</summary>
internal static class Program
{
    public static ApplianceCommand Create() => new()
    {
        RunCommand.Create(),
        SetupCommand.Create(),
        TranscribeCommand.Create(),
        ListenCommand.Create(),
        ImagineCommand.Create(),
        ImageCommand.Create(),
        CallCommand.Create(),
        WatchCommand.Create(),
        FleetCommand.Create(),
        ModelsCommand.Create(),
        ConfigCommand.Create(),
        HistoryCommand.Create(),
        DoctorCommand.Create(),
        SelfTestCommand.Create(),
        CompletionCommand.Create(),
    };

    private static Task<int> Main(string[] arguments) => CommandLine.RunAsync(Create(), arguments);
}
