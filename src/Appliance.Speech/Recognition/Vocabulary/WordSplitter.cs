using System.Buffers;
using System.Text;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>Groups tokens into words, as openai/whisper tokenizer.py does.</summary>
internal sealed class WordSplitter(WhisperTokenizer tokenizer)
{
    private const string AsciiPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private static readonly SearchValues<string> WithoutSpaces =
        SearchValues.Create(["zh", "ja", "th", "lo", "my", "yue"], StringComparison.Ordinal);

    /// <summary>Words of a language; where it writes no spaces, the smallest whole characters.</summary>
    public List<TokenWord> Split(ReadOnlySpan<int> tokens, string language)
    {
        List<TokenWord> characters = SplitOnCharacters(tokens);
        return WithoutSpaces.Contains(language) ? characters : JoinUpToSpaces(characters);
    }

    // The original loses a character that the text ends within, and the end of text after it; here both are words.
    private List<TokenWord> SplitOnCharacters(ReadOnlySpan<int> tokens)
    {
        Rune[] whole = [.. tokenizer.DecodeWithSpecials(tokens).EnumerateRunes()];
        List<TokenWord> words = [];
        int begin = 0;
        int offset = 0;
        for (int end = 1; end <= tokens.Length; end++)
        {
            string text = tokenizer.DecodeWithSpecials(tokens[begin..end]);
            bool isCutOff = end == tokens.Length || tokens[end] >= tokenizer.EndOfText;
            if (!isCutOff && IsIncomplete(text, whole.AsSpan(Math.Min(offset, whole.Length))))
            {
                continue;
            }

            words.Add(new TokenWord(text, tokens[begin..end].ToArray()));
            begin = end;
            offset += text.EnumerateRunes().Count();
        }

        return words;
    }

    // A replacement character means a character whose bytes are not all there yet, unless the whole text has one in that place too.
    private static bool IsIncomplete(string text, ReadOnlySpan<Rune> whole)
    {
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return index < whole.Length && whole[index] != Rune.ReplacementChar;
            }

            index++;
        }

        return false;
    }

    private List<TokenWord> JoinUpToSpaces(List<TokenWord> parts)
    {
        List<TokenWord> words = [];
        foreach (TokenWord part in parts)
        {
            bool isSpecial = part.Tokens[0] >= tokenizer.EndOfText;
            bool isPunctuation = AsciiPunctuation.Contains(part.Text.Trim(), StringComparison.Ordinal);
            if (isSpecial || isPunctuation || part.Text.StartsWith(' ') || words.Count == 0)
            {
                words.Add(part);
            }
            else
            {
                words[^1] = new TokenWord(words[^1].Text + part.Text, [.. words[^1].Tokens, .. part.Tokens]);
            }
        }

        return words;
    }
}
