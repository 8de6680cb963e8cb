using System.CommandLine;
using Appliance.Service.Cli;
using Appliance.Service.Cli.Output;
using Appliance.Service.Cli.Transcribe;
using Appliance.Service.Configuration;

namespace Appliance.Service.Tests.Cli;

/// <summary>Reads calls of <c>transcribe</c> and runs whole calls inside the test's process.</summary>
internal static class CallReader
{
    public static TranscribeRequest Transcribe(params string[] arguments) => Transcribe(new ApplianceSettings(), arguments);

    public static TranscribeRequest Transcribe(ApplianceSettings settings, params string[] arguments)
    {
        TranscribeCommand command = new();
        ApplianceCommand root = new() { command.Build() };
        ParseResult call = root.Parse(["transcribe", .. arguments], CommandLine.Parsing);
        Assert.Empty(CallProblems.Of(call));
        return command.RequestOf(call, settings);
    }

    public static (ExitCode Code, string Out, string Error) Run(ApplianceCommand root, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Terminal terminal = new(output, error, outputIsTerminal: false, errorIsTerminal: false, colour: false);
        ExitCode code = CommandLine.Run(root, arguments, terminal, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }

    public static (ExitCode Code, string Out, string Error) Run(params string[] arguments) => Run(Program.Create(), arguments);
}
