using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Completion;

/// <summary>zsh: as a file _appliance in $fpath, or sourced.</summary>
internal sealed class ZshCompletion : IShellCompletion
{
    private const string Head = """
        #compdef appliance
        # zsh completion for appliance; made by 'appliance completion zsh'
        _appliance_models() {
            local -a models
            models=(${(f)"$(appliance models list 2>/dev/null | cut -f1)"})
            compadd -a models
        }

        _appliance() {
            local at=appliance i
            local -a offers
            for ((i = 2; i < CURRENT; i++)); do
                case "$at ${words[i]}" in
                    @VERBS@) at="$at ${words[i]}" ;;
                esac
            done

        """;

    private const string Tail = """
        }
        if [[ ${funcstack[1]} == _appliance ]]; then
            _appliance "$@"
        else
            compdef _appliance appliance
        fi
        """;

    /// <inheritdoc/>
    public string Name => "zsh";

    /// <inheritdoc/>
    public string Installation => "source <(appliance completion zsh)";

    /// <inheritdoc/>
    public void Write(IReadOnlyList<CompletionVerb> verbs, TextWriter writer)
    {
        writer.WriteLine(Head.Replace("@VERBS@", CompletionCases.Paths(verbs), StringComparison.Ordinal));
        CompletionCases.WriteValues(verbs, "$at ${words[CURRENT-1]}", Offer, writer);
        CompletionCases.WriteVerbs(verbs, "${words[CURRENT]}", WriteOptions, WriteArguments, writer);
        writer.WriteLine(Tail);
    }

    private static void WriteOptions(CompletionVerb verb, TextWriter writer)
    {
        writer.WriteLine("                offers=(");
        foreach (CompletionOption option in verb.Options)
        {
            foreach (string name in option.Names)
            {
                writer.WriteLine($"                    {Described(name, option.Summary)}");
            }
        }

        writer.WriteLine("                )");
        writer.WriteLine("                _describe -o 'option' offers");
    }

    private static void WriteArguments(CompletionVerb verb, TextWriter writer)
    {
        if (verb.Verbs.Count == 0)
        {
            writer.WriteLine($"                {Offer(verb.ArgumentKind, verb.ArgumentChoices)}");
            return;
        }

        writer.WriteLine("                offers=(");
        foreach (CompletionWord child in verb.Verbs)
        {
            writer.WriteLine($"                    {Described(child.Text, child.Summary)}");
        }

        writer.WriteLine("                )");
        writer.WriteLine("                _describe 'verb' offers");
    }

    private static string Described(string text, string summary) =>
        $"'{text}:{summary.Replace("'", "'\\''", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal)}'";

    private static string Offer(ValueKind kind, IReadOnlyList<string> choices) => kind switch
    {
        ValueKind.Choice => $"compadd -- {string.Join(' ', choices)}",
        ValueKind.Model => "_appliance_models",
        ValueKind.Path => "_files",
        _ => ":",
    };
}
