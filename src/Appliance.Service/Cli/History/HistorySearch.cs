using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.History;

/// <summary><c>history search</c>.</summary>
internal sealed class HistorySearch
{
    private const int Most = 100;

    private readonly Argument<string[]> _words = new("WORD") { Arity = ArgumentArity.OneOrMore };
    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new HistorySearch().Build();

    private VerbCommand Build()
    {
        VerbCommand command = new VerbCommand("search", "finds transcripts by their words", Run)
        {
            Manual = new Manual
            {
                Arguments = "WORD…",
                Description = [$"Finds transcripts that hold all the words, case and accents aside; the best {Most} first."],
                Groups = [_report],
                Examples = [new("appliance history search kitchen light", "what was said of both")],
                ExitCodes = HistoryCommand.ExitCodes,
            },
        }.WithOptions();
        command.Arguments.Add(_words);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        string words = string.Join(' ', context.Call.GetValue(_words)!);
        HistoryCommand.Print(context.Terminal, HistoryCommand.With(context, history => history.Search(words, Most)), _report.WantsJson(context.Call));
        return ExitCode.Done;
    }
}
