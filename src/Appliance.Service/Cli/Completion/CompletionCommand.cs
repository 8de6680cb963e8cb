using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Completion;

/// <summary>The verb <c>completion</c>.</summary>
internal sealed class CompletionCommand
{
    private readonly Argument<string> _shell = new("SHELL");

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new CompletionCommand().Build();

    private VerbCommand Build()
    {
        string[] names = [.. ShellCompletions.All.Keys.Order(StringComparer.Ordinal)];
        VerbCommand command = new("completion", "prints a script that completes arguments in a shell", Run)
        {
            ArgumentKind = ValueKind.Choice,
            ArgumentChoices = names,
            Manual = new Manual
            {
                Arguments = string.Join('|', names),
                Description = ["Prints a script for the shell. It knows verbs, options, their values and the names of models."],
                Examples = [.. ShellCompletions.All.Values.OrderBy(shell => shell.Name, StringComparer.Ordinal)
                    .Select(shell => new ManualEntry(shell.Installation, $"makes it work in {shell.Name}"))],
                ExitCodes = [ExitCode.Done, ExitCode.WrongCall],
                ReadsConfiguration = false,
            },
        };
        command.Arguments.Add(_shell);
        return command;
    }

    private ExitCode Run(CallContext context, CancellationToken cancellationToken)
    {
        string name = context.Call.GetValue(_shell)!;
        if (!ShellCompletions.All.TryGetValue(name, out IShellCompletion? shell))
        {
            throw new CommandException(ExitCode.WrongCall,
                $"no completion for the shell {name}: use one of {string.Join(", ", ShellCompletions.All.Keys.Order(StringComparer.Ordinal))}");
        }

        shell.Write(CompletionTree.Of(context.Call.RootCommandResult.Command), context.Terminal.Out);
        return ExitCode.Done;
    }
}
