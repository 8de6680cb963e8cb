using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Completion;

/// <summary>bash, without the bash-completion package.</summary>
internal sealed class BashCompletion : IShellCompletion
{
    private const string Head = """
        # bash completion for appliance; made by 'appliance completion bash'
        _appliance_models() {
            appliance models list 2>/dev/null | cut -f1
        }

        _appliance() {
            local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at=appliance i
            # bash cuts --option=value into three words
            if [[ $cur == '=' ]]; then
                cur=
            elif [[ $prev == '=' ]]; then
                prev=${COMP_WORDS[COMP_CWORD-2]}
            fi
            for ((i = 1; i < COMP_CWORD; i++)); do
                case "$at ${COMP_WORDS[i]}" in
                    @VERBS@) at="$at ${COMP_WORDS[i]}" ;;
                esac
            done
            COMPREPLY=()

        """;

    private const string Tail = """
        }
        complete -F _appliance appliance
        """;

    /// <inheritdoc/>
    public string Name => "bash";

    /// <inheritdoc/>
    public string Installation => "source <(appliance completion bash)";

    /// <inheritdoc/>
    public void Write(IReadOnlyList<CompletionVerb> verbs, TextWriter writer)
    {
        writer.WriteLine(Head.Replace("@VERBS@", CompletionCases.Paths(verbs), StringComparison.Ordinal));
        CompletionCases.WriteValues(verbs, "$at $prev", Offer, writer);
        CompletionCases.WriteVerbs(verbs, "$cur", WriteOptions, WriteArguments, writer);
        writer.WriteLine(Tail);
    }

    private static void WriteOptions(CompletionVerb verb, TextWriter writer)
    {
        string options = string.Join(' ', verb.Options.SelectMany(option => option.Names));
        writer.WriteLine($"                COMPREPLY=($(compgen -W '{options}' -- \"$cur\"))");
    }

    private static void WriteArguments(CompletionVerb verb, TextWriter writer)
    {
        string arguments = verb.Verbs.Count > 0
            ? Offer(ValueKind.Choice, [.. verb.Verbs.Select(child => child.Text)])
            : Offer(verb.ArgumentKind, verb.ArgumentChoices);
        writer.WriteLine($"                {arguments}");
    }

    private static string Offer(ValueKind kind, IReadOnlyList<string> choices) => kind switch
    {
        ValueKind.Choice => $"COMPREPLY=($(compgen -W '{string.Join(' ', choices)}' -- \"$cur\"))",
        ValueKind.Model => "COMPREPLY=($(compgen -W \"$(_appliance_models)\" -- \"$cur\"))",
        ValueKind.Path => "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")",
        _ => ":",
    };
}
