using System.CommandLine;
using System.CommandLine.Invocation;

namespace Appliance.Service.Cli.Help;

/// <summary>Prints the manual of the command that stands before <c>--help</c>.</summary>
internal sealed class ManualAction : SynchronousCommandLineAction
{
    private const int PlainWidth = 80;
    private const int WidestColumns = 100;
    private const int NarrowestColumns = 40;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        new ManualWriter(output, Width()).Write(parseResult.CommandResult.Command);
        output.Flush();
        return (int)ExitCode.Done;
    }

    private static int Width() =>
        Console.IsOutputRedirected ? PlainWidth : Math.Clamp(Console.WindowWidth, NarrowestColumns, WidestColumns);
}
