using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Vocabulary;

public class WhisperTokenizerTests
{
    private const string Kennedy = " And so my fellow Americans, ask not what your country can do for you, ask what you can do for your country.";

    [Fact]
    public void Encode_OfTheGoldenSentence_GivesTheReferenceIds()
    {
        Assert.Equal(
            [400, 370, 452, 7177, 6280, 11, 1029, 406, 437, 428, 1941, 393, 360, 337, 291, 11, 1029, 437, 291, 393, 360, 337, 428, 1941, 13],
            SharedModels.Base.Encode(Kennedy));
        Assert.Equal(
            [843, 523, 616, 5891, 3399, 11, 1265, 407, 644, 534, 1499, 460, 466, 329, 345, 11, 1265, 644, 345, 460, 466, 329, 534, 1499, 13],
            SharedModels.TinyEn.Encode(Kennedy));
    }

    [Fact]
    public void Decode_OfAllReferenceSegments_GivesTheirTexts()
    {
        int count = 0;
        foreach (ReferenceSegment segment in ReferenceTranscripts.Segments())
        {
            Assert.Equal(segment.Text, SharedModels.Base.Decode(segment.Tokens));
            count++;
        }

        Assert.True(count > 300, $"only {count} segments");
    }

    [Fact]
    public void Encode_OfAllReferenceTexts_DecodesToTheSame()
    {
        foreach (ReferenceSegment segment in ReferenceTranscripts.Segments())
        {
            foreach (WhisperTokenizer tokenizer in new[] { SharedModels.Base, SharedModels.TinyEn, SharedModels.TinyRandom })
            {
                Assert.Equal(segment.Text, tokenizer.Decode(tokenizer.Encode(segment.Text)));
            }
        }
    }

    [Theory]
    [InlineData(51864, "models", "whisper-tiny.en")]
    [InlineData(51865, "models", "whisper-base")]
    [InlineData(336, "golden", "speech", "tiny-random", "merged-fp32")]
    public void Load_SpecialTokens_AreTheOnesOfGenerationConfig(int size, params string[] folder)
    {
        string path = SharedFolder.Require(folder);
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(path, size);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "generation_config.json")));
        JsonElement config = document.RootElement;

        Assert.Equal(config.GetProperty("eos_token_id").GetInt32(), tokenizer.EndOfText);
        Assert.Equal(config.GetProperty("decoder_start_token_id").GetInt32(), tokenizer.StartOfTranscript);
        Assert.Equal(config.GetProperty("prev_sot_token_id").GetInt32(), tokenizer.StartOfPrevious);
        Assert.Equal(config.GetProperty("no_timestamps_token_id").GetInt32(), tokenizer.NoTimestamps);
        Assert.Equal(config.GetProperty("is_multilingual").GetBoolean(), tokenizer.IsMultilingual);
        if (tokenizer.IsMultilingual)
        {
            Assert.Equal(config.GetProperty("task_to_id").GetProperty("translate").GetInt32(), tokenizer.Translate);
            Assert.Equal(config.GetProperty("task_to_id").GetProperty("transcribe").GetInt32(), tokenizer.Transcribe);
            Assert.Equal(config.GetProperty("lang_to_id").EnumerateObject().Count(), tokenizer.Languages.Count);
            Assert.All(config.GetProperty("lang_to_id").EnumerateObject(), language =>
                Assert.Equal(language.Value.GetInt32(), tokenizer.LanguageToken(language.Name.Trim('<', '|', '>'))));
        }
    }

    [Theory]
    [InlineData(51864, 50256, 50257, 50357, 50358, 50359, 50360, 50361, 50362)]
    [InlineData(51865, 50257, 50258, 50358, 50359, 50360, 50361, 50362, 50363)]
    [InlineData(51866, 50257, 50258, 50359, 50360, 50361, 50362, 50363, 50364)]
    public void Load_OfEachVocabularySize_GivesTheTableOfTheOriginal(int size, params int[] ids)
    {
        using TemporaryFolder folder = new();
        folder.CopyVocabulary(size == 51864 ? "whisper-tiny.en" : "whisper-base", withAddedTokens: false);
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(folder.Path, size);

        int[] actual =
        [
            tokenizer.EndOfText, tokenizer.StartOfTranscript, tokenizer.Translate, tokenizer.Transcribe,
            tokenizer.StartOfLm, tokenizer.StartOfPrevious, tokenizer.NoSpeech, tokenizer.NoTimestamps,
        ];
        Assert.Equal(ids, actual);
        Assert.Equal(1501, size - tokenizer.TimestampBegin);
        Assert.Equal(size == 51866 ? 100 : 99, tokenizer.LanguageTokenCount);
        Assert.Equal(tokenizer.StartOfTranscript + 1, tokenizer.LanguageToken("en"));
        Assert.Equal(size == 51866, tokenizer.Languages.Contains("yue"));
        Assert.Equal(size == 51864 ? 1 : tokenizer.LanguageTokenCount, tokenizer.Languages.Count);
    }

    [Fact]
    public void Load_OfVocabJsonAndAddedTokens_IsTheSameAsOfTokenizerJson()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "vocab.json", "merges.txt", "added_tokens.json" })
        {
            File.Copy(SharedFolder.Require("models", "whisper-tiny.en", name), Path.Combine(folder.Path, name));
        }

        WhisperTokenizer tokenizer = WhisperTokenizer.Load(folder.Path, 51864);
        Assert.Equal(SharedModels.TinyEn.Encode(Kennedy), tokenizer.Encode(Kennedy));
        Assert.Equal(SharedModels.TinyEn.NonSpeechTokens, tokenizer.NonSpeechTokens);
        Assert.Equal(50362, tokenizer.NoTimestamps);
    }

    [Fact]
    public void NonSpeechTokens_HaveTheGoldenHashes()
    {
        Assert.Equal(82, SharedModels.Base.NonSpeechTokens.Count);
        Assert.StartsWith("80b9d50b1a351742", HashOf(SharedModels.Base), StringComparison.Ordinal);
        Assert.Equal(84, SharedModels.TinyEn.NonSpeechTokens.Count);
        Assert.StartsWith("2038153977ff3457", HashOf(SharedModels.TinyEn), StringComparison.Ordinal);

        static string HashOf(WhisperTokenizer tokenizer) =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', tokenizer.NonSpeechTokens))));
    }

    [Theory]
    [InlineData(51864, "whisper-tiny.en")]
    [InlineData(51865, "whisper-base")]
    public void NonSpeechTokens_WithSixSpecialTokens_AreTheSuppressListOfGenerationConfig(int size, string name)
    {
        WhisperTokenizer tokenizer = size == 51864 ? SharedModels.TinyEn : SharedModels.Base;
        using JsonDocument config = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("models", name, "generation_config.json")));
        IEnumerable<int> expected = config.RootElement.GetProperty("suppress_tokens").EnumerateArray().Select(token => token.GetInt32());

        int[] special = [tokenizer.Transcribe, tokenizer.Translate, tokenizer.StartOfTranscript, tokenizer.StartOfPrevious, tokenizer.StartOfLm, tokenizer.NoSpeech];
        Assert.Equal(expected.Order(), tokenizer.NonSpeechTokens.Concat(special).Order());
    }

    [Fact]
    public void Decode_OfSpecialTokensAndTimestamps_LeavesThemOut()
    {
        WhisperTokenizer tokenizer = SharedModels.Base;
        int[] tokens = [tokenizer.StartOfTranscript, tokenizer.TimestampBegin, 370, tokenizer.TimestampBegin + 50, tokenizer.EndOfText];
        Assert.Equal(" so", tokenizer.Decode(tokens));
        Assert.Equal("<|startoftranscript|><|0.00|> so<|1.00|><|endoftext|>", tokenizer.DecodeWithSpecials(tokens));
    }

    [Fact]
    public void Decode_OfBrokenUtf8_ReplacesAsPythonDoes()
    {
        // tokens of the tiny-random vocabulary are bytes; expected: bytes.decode("utf-8", "replace") of CPython 3
        (string Bytes, string Text)[] cases =
        [
            ("e282", "\ufffd"), ("f0908f41", "\ufffdA"), ("eda080", "\ufffd\ufffd\ufffd"), ("f09f98", "\ufffd"), ("c3", "\ufffd"),
            ("e0809f", "\ufffd\ufffd\ufffd"), ("f4908080", "\ufffd\ufffd\ufffd\ufffd"), ("41e28241", "A\ufffdA"),
            ("f0808080", "\ufffd\ufffd\ufffd\ufffd"), ("e697a5e6", "日\ufffd"), ("ff", "\ufffd"),
        ];
        foreach ((string bytes, string text) in cases)
        {
            Assert.Equal(text, SharedModels.TinyRandom.Decode([.. Convert.FromHexString(bytes).Select(value => (int)value)]));
        }
    }

    [Fact]
    public void Decode_OfEmptyAndUnknownSpecials_GivesEmptyText()
    {
        Assert.Equal("", SharedModels.Base.Decode([]));
        Assert.Equal("", SharedModels.Base.Decode([51864, 60000]));
        Assert.Empty(SharedModels.Base.Encode(""));
    }

    [Fact]
    public void Encode_OfNamesOfSpecialTokens_TreatsThemAsText()
    {
        int[] tokens = SharedModels.Base.Encode("<|endoftext|><|startofprev|>");
        Assert.All(tokens, token => Assert.True(token < SharedModels.Base.EndOfText));
        Assert.Equal("<|endoftext|><|startofprev|>", SharedModels.Base.Decode(tokens));
    }

    [Fact]
    public void Encode_OfALongTextWithoutSpaces_StaysFast()
    {
        string text = string.Concat(Enumerable.Repeat("abcdefgh", 25_000));
        Assert.Equal(text, SharedModels.Base.Decode(SharedModels.Base.Encode(text)));
    }

    [Fact]
    public void LanguageToken_OfAnUnknownCode_IsACallersBug() =>
        Assert.Throws<ArgumentException>(() => SharedModels.Base.LanguageToken("yue"));
}
