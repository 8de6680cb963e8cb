using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.History;

/// <summary><c>history list</c>.</summary>
internal sealed class HistoryList
{
    private readonly HistoryOptions _history = new();
    private readonly ReportOptions _report = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new HistoryList().Build();

    private VerbCommand Build() => new VerbCommand("list", "lists what was kept, the newest first", Run)
    {
        Manual = new Manual
        {
            Description = ["Lists transcripts and pictures: when, what kind, from where, the text or the prompt."],
            Groups = [_history, _report],
            Examples = [new("appliance history list --count 5", "the last five entries")],
            ExitCodes = HistoryCommand.ExitCodes,
        },
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        HistoryCommand.Print(context.Terminal, HistoryCommand.With(context, history => history.List(_history.KindOf(context.Call), _history.CountOf(context.Call), null)), _report.WantsJson(context.Call));
        return ExitCode.Done;
    }
}
