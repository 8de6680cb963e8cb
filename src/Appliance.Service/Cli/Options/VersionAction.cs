using System.CommandLine;
using System.CommandLine.Invocation;

namespace Appliance.Service.Cli.Options;

/// <summary>Prints the version.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine("appliance " + ProgramVersion.Text);
        return (int)ExitCode.Done;
    }
}
