using Appliance.Service.Cli.Options;

namespace Appliance.Service.Cli.Completion;

/// <summary>What the scripts of shells with Bourne's <c>case</c> have in common.</summary>
internal static class CompletionCases
{
    /// <summary>The pattern of every path but the program's own.</summary>
    public static string Paths(IReadOnlyList<CompletionVerb> verbs) => string.Join(" | ", verbs.Skip(1).Select(verb => $"'{verb.Path}'"));

    /// <summary>Writes the cases that offer the value of the option before the cursor.</summary>
    /// <param name="verbs">All verbs.</param>
    /// <param name="word">Shell expression of verb and option.</param>
    /// <param name="offer">Shell command that offers values.</param>
    /// <param name="writer">The script.</param>
    public static void WriteValues(
        IReadOnlyList<CompletionVerb> verbs, string word, Func<ValueKind, IReadOnlyList<string>, string> offer, TextWriter writer)
    {
        writer.WriteLine($"    case \"{word}\" in");
        foreach (CompletionVerb verb in verbs)
        {
            foreach (CompletionOption option in verb.Options.Where(option => option.Kind != ValueKind.Flag))
            {
                string names = string.Join(" | ", option.Names.Select(name => $"'{verb.Path} {name}'"));
                writer.WriteLine($"        {names}) {offer(option.Kind, option.Choices)}; return ;;");
            }
        }

        writer.WriteLine("    esac");
    }

    /// <summary>Writes the cases that offer a verb's options after a dash, else its verbs or arguments.</summary>
    /// <param name="verbs">All verbs.</param>
    /// <param name="word">Shell expression of the word at the cursor.</param>
    /// <param name="writeOptions">Writes the commands that offer the options.</param>
    /// <param name="writeArguments">Writes the commands that offer what else may follow.</param>
    /// <param name="writer">The script.</param>
    public static void WriteVerbs(
        IReadOnlyList<CompletionVerb> verbs, string word,
        Action<CompletionVerb, TextWriter> writeOptions, Action<CompletionVerb, TextWriter> writeArguments, TextWriter writer)
    {
        writer.WriteLine("    case \"$at\" in");
        foreach (CompletionVerb verb in verbs)
        {
            writer.WriteLine($"        '{verb.Path}')");
            writer.WriteLine($"            if [[ {word} == -* ]]; then");
            writeOptions(verb, writer);
            writer.WriteLine("            else");
            writeArguments(verb, writer);
            writer.WriteLine("            fi ;;");
        }

        writer.WriteLine("    esac");
    }
}
