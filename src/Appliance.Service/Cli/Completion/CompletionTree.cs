using System.CommandLine;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Completion;

/// <summary>All verbs of the program, flat, parents first.</summary>
internal static class CompletionTree
{
    /// <summary>Reads the tree below a command, itself included.</summary>
    public static IReadOnlyList<CompletionVerb> Of(Command command) =>
        [VerbOf(command), .. command.Subcommands.SelectMany(Of)];

    private static CompletionVerb VerbOf(Command command)
    {
        VerbCommand? verb = command as VerbCommand;
        IEnumerable<Option> options = command.Options.Concat(GlobalOptions.Instance.Options).Distinct();
        return new CompletionVerb(
            ManualWriter.PathOf(command),
            [.. command.Subcommands.Select(child => new CompletionWord(child.Name, child.Description ?? ""))],
            [.. options.Select(OptionOf)],
            verb?.ArgumentKind ?? ValueKind.Free,
            verb?.ArgumentChoices ?? []);
    }

    private static CompletionOption OptionOf(Option option)
    {
        IOptionManual manual = (IOptionManual)option;
        return new CompletionOption([option.Name, .. option.Aliases], FirstSentence(option.Description ?? ""), manual.Kind, manual.Choices);
    }

    private static string FirstSentence(string text)
    {
        int end = text.IndexOfAny(['.', ':', ';']);
        return end < 0 ? text : text[..end];
    }
}
