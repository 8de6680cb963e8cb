using Appliance.Speech.Recognition.Vocabulary;

namespace Appliance.Speech.Tests.Vocabulary;

public class WordSplitterTests
{
    private static readonly int[] Tokens = [8404, 871, 287, 6, 246, 526, 3210, 20378];

    [Fact]
    public void SplitToWords_AtCharacters_KeepsBrokenOnesApart() =>
        Assert.Equal([" elle", " est", " l", "'", "\ufffd", "é", "rit", "oire"], SharedModels.Base.SplitToWords(Tokens, "ja").Select(word => word.Text));

    [Fact]
    public void SplitToWords_AtSpaces_JoinsTheRest()
    {
        List<TokenWord> words = SharedModels.Base.SplitToWords(Tokens, "fr");
        Assert.Equal([" elle", " est", " l", "'\ufffdéritoire"], words.Select(word => word.Text));
        Assert.Equal(Tokens, words.SelectMany(word => word.Tokens));
    }

    [Fact]
    public void SplitToWords_OfJapanese_NeverCutsACharacter()
    {
        const string text = "今日はいい天気ですね。𠮷野家";
        List<TokenWord> words = SharedModels.Base.SplitToWords(SharedModels.Base.Encode(text), "ja");
        Assert.Equal(text, string.Concat(words.Select(word => word.Text)));
        Assert.DoesNotContain(words, word => word.Text.Contains('\ufffd', StringComparison.Ordinal));
    }

    [Fact]
    public void SplitToWords_WithEndOfText_MakesItAWordOfItsOwn()
    {
        List<TokenWord> words = SharedModels.Base.SplitToWords([370, SharedModels.Base.EndOfText], "en");
        Assert.Equal([" so", "<|endoftext|>"], words.Select(word => word.Text));
    }

    [Fact]
    public void SplitToWords_OfATextThatEndsWithinACharacter_KeepsAllTokens()
    {
        int[] tokens = [.. SharedModels.Base.Encode("a 𠮷")[..^1], SharedModels.Base.EndOfText];
        foreach (string language in new[] { "en", "ja" })
        {
            Assert.Equal(tokens, SharedModels.Base.SplitToWords(tokens, language).SelectMany(word => word.Tokens));
        }
    }

    [Fact]
    public void SplitToWords_OfReferenceSegments_GivesTheirWordsBeforePunctuationIsMerged()
    {
        foreach (ReferenceSegment segment in ReferenceTranscripts.Segments())
        {
            int[] text = [.. segment.Tokens.Where(token => token < SharedModels.Base.EndOfText)];
            List<TokenWord> words = SharedModels.Base.SplitToWords(text, segment.Language);
            Assert.Equal(text, words.SelectMany(word => word.Tokens));

            // merging punctuation removes boundaries and never moves one
            HashSet<int> boundaries = [.. Boundaries(words.Select(word => word.Text))];
            if (segment.Words.Length > 0 && !segment.Text.Contains('\ufffd', StringComparison.Ordinal))
            {
                Assert.Subset(boundaries, Boundaries(segment.Words).ToHashSet());
            }
        }
    }

    private static IEnumerable<int> Boundaries(IEnumerable<string> words)
    {
        int end = 0;
        foreach (string word in words)
        {
            yield return end += word.Length;
        }
    }
}
