using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Completion;

/// <summary>fish.</summary>
internal sealed class FishCompletion : IShellCompletion
{
    private const string Head = """
        # fish completion for appliance; made by 'appliance completion fish'
        function __appliance_models
            appliance models list 2>/dev/null | cut -f1
        end

        # whether the words typed so far lead to the verb given
        function __appliance_at
            set -l at appliance
            set -l typed (commandline -opc)
            for word in $typed[2..-1]
                switch "$at $word"
                    case @VERBS@
                        set at "$at $word"
                end
            end
            test "$at" = "$argv"
        end

        complete -c appliance -f
        """;

    /// <inheritdoc/>
    public string Name => "fish";

    /// <inheritdoc/>
    public string Installation => "appliance completion fish | source";

    /// <inheritdoc/>
    public void Write(IReadOnlyList<CompletionVerb> verbs, TextWriter writer)
    {
        string paths = string.Join(' ', verbs.Skip(1).Select(verb => $"'{verb.Path}'"));
        writer.WriteLine(Head.Replace("@VERBS@", paths, StringComparison.Ordinal));
        foreach (CompletionVerb verb in verbs)
        {
            WriteVerb(verb, writer);
        }
    }

    private static void WriteVerb(CompletionVerb verb, TextWriter writer)
    {
        string start = $"complete -c appliance -n '__appliance_at {verb.Path}'";
        foreach (CompletionWord child in verb.Verbs)
        {
            writer.WriteLine($"{start} -a {child.Text} -d {Quoted(child.Summary)}");
        }

        if (verb.Verbs.Count == 0 && Offer(verb.ArgumentKind, verb.ArgumentChoices) is { Length: > 0 } arguments)
        {
            writer.WriteLine($"{start} {arguments}");
        }

        foreach (CompletionOption option in verb.Options)
        {
            string names = string.Join(' ', option.Names.Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}"));
            string value = option.Kind == ValueKind.Flag ? "" : " -x " + Offer(option.Kind, option.Choices);
            writer.WriteLine($"{start} {names}{value.TrimEnd()} -d {Quoted(option.Summary)}");
        }
    }

    private static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string Offer(ValueKind kind, IReadOnlyList<string> choices) => kind switch
    {
        ValueKind.Choice => $"-a '{string.Join(' ', choices)}'",
        ValueKind.Model => "-a '(__appliance_models)'",
        ValueKind.Path => "-F",
        _ => "",
    };
}
