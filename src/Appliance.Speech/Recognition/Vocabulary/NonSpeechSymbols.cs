namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>
/// The tokens that write what is not speech: speaker tags, sound descriptions, notes. Computed from symbols as the original
/// does (openai/whisper tokenizer.py), so that each vocabulary gets its own list.
/// </summary>
internal static class NonSpeechSymbols
{
    private const string Single = "\"#()*+/:;<=>@[\\]^_`{|}~「」『』";

    private const string Notes = "♩♪♫♬♭♮♯";

    private static readonly string[] Groups =
    [
        "<<", ">>", "<<<", ">>>", "--", "---", "-(", "-[", "('", "(\"", "((", "))", "(((", ")))", "[[", "]]", "{{", "}}", "♪♪", "♪♪♪",
    ];

    /// <summary>Ids in ascending order.</summary>
    public static int[] Find(Func<string, int[]> encode)
    {
        // a hyphen or quote may stand within a word, not begin one
        SortedSet<int> ids = [encode(" -")[0], encode(" '")[0]];
        foreach (string symbol in Single.Select(character => character.ToString()).Concat(Groups))
        {
            AddSingle(encode(symbol));
            AddSingle(encode(" " + symbol));
        }

        foreach (char note in Notes)
        {
            // some vocabularies have no token for a note: its first bytes are shared by such symbols only (U+2640 to U+267F)
            ids.Add(encode(note.ToString())[0]);
            ids.Add(encode(" " + note)[0]);
        }

        return [.. ids];

        void AddSingle(int[] tokens)
        {
            if (tokens.Length == 1)
            {
                ids.Add(tokens[0]);
            }
        }
    }
}
