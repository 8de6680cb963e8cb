using System.Text;
using System.Text.RegularExpressions;
using Appliance.Speech.Recognition.Vocabulary;
using Microsoft.ML.Tokenizers;

namespace Appliance.Speech.Tests.Vocabulary;

/// <summary>Compares with the TiktokenTokenizer of Microsoft.ML.Tokenizers, given the same ranks.</summary>
public partial class BytePairEncoderTests
{
    [Fact]
    public void Encode_OfTheTokenWithoutAMerge_FindsIt() => Assert.Equal([256], SharedModels.Base.Encode(" t"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_OfReferenceTexts_IsWhatTiktokenGives(bool isMultilingual)
    {
        (WhisperTokenizer ours, TiktokenTokenizer theirs) = Pair(isMultilingual);
        foreach (ReferenceSegment segment in ReferenceTranscripts.Segments())
        {
            Assert.Equal(theirs.EncodeToIds(segment.Text), ours.Encode(segment.Text));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_OfRandomTexts_IsWhatTiktokenGives(bool isMultilingual)
    {
        (WhisperTokenizer ours, TiktokenTokenizer theirs) = Pair(isMultilingual);
        Random random = new(11);
        string[] parts =
        [
            " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\r\n", "'s", "'ll", "'LL", "'re", "'", "a", "the", "Zürich", "naïve", "12", "½", "Ⅷ", "٣", ".", "...",
            "-->", "((", "♪", "日本語", "한국", "ไทย", "नमस्ते", "мир", "שלום", "e\u0301", "🙂", "👩‍👩‍👧", "\u00ad", "\u200b", "_", "x", "Q", "é", "ß",
        ];
        for (int i = 0; i < 3000; i++)
        {
            string text = string.Concat(random.GetItems(parts, random.Next(1, 12)));
            Assert.Equal(theirs.EncodeToIds(text), ours.Encode(text));
        }
    }

    [Fact]
    public void Encode_OfLettersBeyondTheBasicPlane_KeepsThemInOneWord()
    {
        // .NET's \p{L} sees two surrogates and would cut between these letters; the original does not
        List<string> pieces = [];
        TextPieces found = new("𠮷野家 𝒜bc");
        while (found.MoveNext())
        {
            pieces.Add(found.Current.ToString());
        }

        Assert.Equal(["𠮷野家", " 𝒜bc"], pieces);
    }

    [Fact]
    public void Encode_OfHalfASurrogatePair_EncodesTheReplacementCharacter() =>
        Assert.Equal("a\ufffdb", SharedModels.Base.Decode(SharedModels.Base.Encode("a\ud842b")));

    private static (WhisperTokenizer Ours, TiktokenTokenizer Theirs) Pair(bool isMultilingual)
    {
        WhisperTokenizer ours = isMultilingual ? SharedModels.Base : SharedModels.TinyEn;
        string pack = isMultilingual ? "whisper-base" : "whisper-tiny.en";
        byte[][] tokens = VocabularyFile.Read(Appliance.Testing.SharedFolder.Require("models", pack)).Tokens(ours.EndOfText);
        StringBuilder ranks = new();
        for (int id = 0; id < tokens.Length; id++)
        {
            if (tokens[id].Length > 0)
            {
                ranks.Append(Convert.ToBase64String(tokens[id])).Append(' ').Append(id).Append('\n');
            }
        }

        using MemoryStream stream = new(Encoding.ASCII.GetBytes(ranks.ToString()));
        return (ours, TiktokenTokenizer.Create(stream, new RegexPreTokenizer(Gpt2Pattern(), null), null));
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Gpt2Pattern();
}
