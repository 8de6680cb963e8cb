using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli;

/// <summary>Reads the arguments, runs the verb, and turns whatever happens into an exit status and at most a few lines.</summary>
internal static class CommandLine
{
    // a name that starts with @ or holds [ is a file like any other
    internal static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs one call in this process.</summary>
    public static async Task<int> RunAsync(ApplianceCommand root, string[] arguments)
    {
        using Interruption interruption = new();
        // the verb runs beside this method, so that an interruption ends the program even while a read blocks
        Task<int> work = Task.Run(() => (int)Run(root, arguments, Terminal.OfProcess(), interruption.Token, grace => interruption.Grace = grace));
        await Task.WhenAny(work, interruption.Overdue);
        return work.IsCompleted ? await work : (int)ExitCode.Interrupted;
    }

    /// <summary>Runs one call.</summary>
    internal static ExitCode Run(
        ApplianceCommand root, IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken, Action<TimeSpan>? allow = null)
    {
        ParseResult call = root.Parse(arguments, Parsing);
        if (call.CommandResult.Command is VerbCommand { Grace: { } grace })
        {
            allow?.Invoke(grace);
        }

        string path = ManualWriter.PathOf(call.CommandResult.Command);
        try
        {
            ExitCode code = Run(call, terminal, cancellationToken);
            terminal.Out.Flush();
            return code;
        }
        catch (ConfigurationException fault)
        {
            terminal.WriteErrors(fault.Problems);
            return ExitCode.ConfigurationWrong;
        }
        catch (Exception fault)
        {
            terminal.ShowStatus(null);
            Failure failure = FailureMap.Describe(fault);
            if (failure.Message.Length > 0)
            {
                terminal.WriteError($"{path}: {failure.Message}");
                terminal.WriteFaultDetail(failure, fault);
            }

            return failure.Code;
        }
    }

    private static ExitCode Run(ParseResult call, Terminal terminal, CancellationToken cancellationToken)
    {
        call.InvocationConfiguration.Output = terminal.Out;
        call.InvocationConfiguration.EnableDefaultExceptionHandler = false;
        if (call.Action is { ClearsParseErrors: true })
        {
            return (ExitCode)call.Invoke();
        }

        IReadOnlyList<string> problems = CallProblems.Of(call);
        if (problems.Count > 0)
        {
            string path = ManualWriter.PathOf(call.CommandResult.Command);
            terminal.WriteErrors([.. problems.Select(problem => $"{path}: {problem}")]);
            return ExitCode.WrongCall;
        }

        terminal.Verbosity = GlobalOptions.Instance.VerbosityOf(call);
        return call.CommandResult.Command is VerbCommand verb
            ? verb.Run(new CallContext(call, terminal), cancellationToken)
            : ExitCode.WrongCall;
    }
}
