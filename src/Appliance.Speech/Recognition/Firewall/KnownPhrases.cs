using System.Collections.Frozen;

namespace Appliance.Speech.Recognition.Firewall;

/// <summary>Phrases that Whisper models are known to invent, from the data file beside this one. Languages are mixed: an invented text often has the wrong one.</summary>
internal static class KnownPhrases
{
    private static readonly (FrozenDictionary<string, KnownPhraseKind> Phrases, string[] Beginnings) Known = Read();

    /// <summary>The kind of a text that is one such phrase, or several, or begins like a credit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isOpen">True when more may follow: then the beginning of a phrase that never passes counts as one.</param>
    public static KnownPhraseKind Find(string text, bool isOpen)
    {
        string normal = PhraseText.Normalize(text);
        if (Known.Phrases.TryGetValue(normal, out KnownPhraseKind kind))
        {
            return kind;
        }

        string[] sentences = text.Split(['.', '!', '?', '。', '！', '？', '…', '\n', '♪'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        KnownPhraseKind[] kinds = [.. sentences.Select(PhraseText.Normalize).Where(sentence => sentence.Length > 0).Select(sentence => Known.Phrases.GetValueOrDefault(sentence))];
        if (sentences.Length > 1 && !kinds.Contains(KnownPhraseKind.None))
        {
            return kinds.DefaultIfEmpty().Max();
        }

        return Known.Beginnings.Any(beginning => normal.StartsWith(beginning, StringComparison.Ordinal)) || (isOpen && IsBeginningOfCredit(normal))
            ? KnownPhraseKind.Never
            : KnownPhraseKind.None;
    }

    private static bool IsBeginningOfCredit(string normal) =>
        normal.Length >= 8 && Known.Beginnings.Any(beginning => beginning.StartsWith(normal, StringComparison.Ordinal));

    /// <summary>Lines: '=' a phrase that never passes, '^' the beginning of one, '?' one that passes on evidence; '#' a comment.</summary>
    private static (FrozenDictionary<string, KnownPhraseKind>, string[]) Read()
    {
        using Stream stream = typeof(KnownPhrases).Assembly.GetManifestResourceStream("known-phrases.txt")!;
        using StreamReader reader = new(stream);
        Dictionary<string, KnownPhraseKind> phrases = new(StringComparer.Ordinal);
        List<string> beginnings = [];
        while (reader.ReadLine() is { } line)
        {
            string phrase = line.Length > 1 ? PhraseText.Normalize(line[1..]) : string.Empty;
            switch (phrase.Length > 0 ? line[0] : '#')
            {
                case '=':
                    phrases[phrase] = KnownPhraseKind.Never;
                    break;
                case '^':
                    beginnings.Add(phrase);
                    break;
                case '?':
                    phrases[phrase] = KnownPhraseKind.InDoubt;
                    break;
                default:
                    break;
            }
        }

        return (phrases.ToFrozenDictionary(StringComparer.Ordinal), [.. beginnings]);
    }
}
