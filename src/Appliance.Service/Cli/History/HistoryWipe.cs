using Appliance.Service.Cli.Help;

namespace Appliance.Service.Cli.History;

/// <summary><c>history wipe</c>.</summary>
internal static class HistoryWipe
{
    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new VerbCommand("wipe", "removes everything that was kept", Run)
    {
        Manual = new Manual
        {
            Description = ["Removes all transcripts and image parameters, what waits for the broker, and the outcomes of jobs, so that nothing of them is left in the files. A running service also takes retained results and pictures away from the broker."],
            Examples = [new("appliance history wipe", "nothing is left")],
            ExitCodes = HistoryCommand.ExitCodes,
        },
    }.WithOptions();

    private static ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        HistoryCommand.With(context, history =>
        {
            history.WipeAsync().GetAwaiter().GetResult();
            return true;
        });
        context.Terminal.WriteWarning("everything that was kept is removed");
        return ExitCode.Done;
    }
}
