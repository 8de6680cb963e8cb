using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;

namespace Appliance.Service.Cli.History;

/// <summary><c>history export</c>.</summary>
internal sealed class HistoryExport
{
    private readonly Argument<string> _file = new("FILE");

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new HistoryExport().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("export", "writes everything that was kept to a file", Run)
        {
            ArgumentKind = ValueKind.Path,
            Manual = new Manual
            {
                Arguments = "FILE",
                Description = ["Writes every entry as a JSON object on a line of its own, the oldest first; - is standard output."],
                Examples = [new("appliance history export history.jsonl", "writes all of it")],
                ExitCodes = HistoryCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_file);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        IEnumerable<string> lines = HistoryCommand.With(context, history => history.List(null, int.MaxValue, null)).Reverse().Select(entry => HistoryCommand.JsonOf(entry).ToJsonString());
        string path = context.Call.GetValue(_file)!;
        if (path == "-")
        {
            foreach (string line in lines)
            {
                context.Terminal.Out.WriteLine(line);
            }

            return ExitCode.Done;
        }

        AtomicFile.Write(path, writer =>
        {
            foreach (string line in lines)
            {
                writer.WriteLine(line);
            }
        });
        return ExitCode.Done;
    }
}
