using System.CommandLine;
using System.CommandLine.Parsing;
using Appliance.Service.Cli.Help;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli;

/// <summary>What is wrong with a call, each with what to do.</summary>
internal static class CallProblems
{
    /// <summary>All problems; empty when the call can be run.</summary>
    public static IReadOnlyList<string> Of(ParseResult call)
    {
        Command command = call.CommandResult.Command;
        string help = $"see '{ManualWriter.PathOf(command)} --help'";
        // after an unknown verb nothing else can be judged
        string[] unknown = command.Subcommands.Count > 0
            ? [.. call.UnmatchedTokens.Take(1)]
            : [.. UnknownOptions(call), .. call.UnmatchedTokens];
        if (unknown.Length > 0)
        {
            return [.. unknown.Select(token => Unknown(token, command, help))];
        }

        if (command.Subcommands.Count > 0)
        {
            return [$"a verb is missing: use one of {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}, or {help}"];
        }

        return [.. call.Errors.Select(error => error.SymbolResult is ArgumentResult argument && argument.Tokens.Count == 0
            ? $"{argument.Argument.Name} is missing: {help}"
            : error.Message)];
    }

    // the parser takes a mistyped option for an argument where any text is one
    private static IEnumerable<string> UnknownOptions(ParseResult call)
    {
        HashSet<string> afterDashes = [.. call.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)];
        return call.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Where(text => text.Length > 1 && text[0] == '-' && !afterDashes.Contains(text));
    }

    private static string Unknown(string token, Command command, string help)
    {
        bool isOption = token.StartsWith('-');
        string[] verbs = [.. command.Subcommands.Select(verb => verb.Name)];
        string? nearest = NearestName.Find(token.Split('=')[0], isOption ? OptionsOf(command) : verbs);
        string what = isOption ? "option" : verbs.Length > 0 ? "verb" : "argument";
        string advice = nearest is not null ? $"did you mean {nearest}? ({help})"
            : verbs.Length > 0 && !isOption ? $"use one of {string.Join(", ", verbs)}, or {help}"
            : help;
        return $"unknown {what} {token}: {advice}";
    }

    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive))
            .SelectMany(option => option.Aliases.Prepend(option.Name));
}
