using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Vocabulary;

public class WhisperTokenizerFaultTests
{
    private const int TinySize = 336;

    [Fact]
    public void Load_WithoutVocabulary_IsIncompleteAndNamesTheFile()
    {
        using TemporaryFolder folder = new();
        ModelException fault = Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, 51865));
        Assert.Equal(ModelError.Incomplete, fault.Code);
        Assert.Equal(Path.Combine(folder.Path, "tokenizer.json"), fault.Path);
        Assert.Contains(fault.Path, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfVocabJsonWithoutAddedTokens_IsIncomplete()
    {
        using TemporaryFolder folder = new();
        folder.Write("vocab.json", """{"a":0}""");
        ModelException fault = Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, 51865));
        Assert.Equal(ModelError.Incomplete, fault.Code);
        Assert.EndsWith("added_tokens.json", fault.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"model":{"vocab":[["a",0]]}}""")]
    [InlineData("""{"model":{"vocab":{"a":"b"}}}""")]
    [InlineData("""{"model":{"vocab":{"a":1.5}}}""")]
    [InlineData("""{"model":{"vocab":{"a":-1}}}""")]
    [InlineData("""{"model":{"vocab":{"a":2000000000}}}""")]
    [InlineData("""{"model":{"vocab":{"日本":0}}}""")]
    [InlineData("""{"added_tokens":[{"content":"<|endoftext|>","id":"x"}]}""")]
    [InlineData("\u0000\u0001\u0002")]
    public void Load_OfAGarbledTokenizerJson_IsDamaged(string text)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("tokenizer.json", text);
        ModelException fault = Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, 51865));
        Assert.Equal(ModelError.Damaged, fault.Code);
        Assert.Equal(path, fault.Path);
    }

    [Fact]
    public void Load_OfATruncatedTokenizerJson_IsDamagedAtEveryLength()
    {
        string whole = File.ReadAllText(SharedFolder.Require("golden", "speech", "tiny-random", "merged-fp32", "tokenizer.json"));
        using TemporaryFolder folder = new();
        for (int length = 0; length < whole.Length - 3; length += 97)
        {
            folder.Write("tokenizer.json", whole[..length]);
            Assert.Equal(ModelError.Damaged, Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, TinySize)).Code);
        }
    }

    [Theory]
    [InlineData("<|notimestamps|>", ModelError.Incomplete)]
    [InlineData("<|endoftext|>", ModelError.Incomplete)]
    [InlineData("<|startofprev|>", ModelError.Incomplete)]
    public void Load_OfAnUnknownSizeWithoutASpecialToken_IsIncomplete(string name, ModelError expected)
    {
        using TemporaryFolder folder = new();
        WriteTiny(folder, tokenizer => tokenizer["added_tokens"]!.AsArray().RemoveAll(token => token!["content"]!.GetValue<string>() == name));
        ModelException fault = Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, TinySize));
        Assert.Equal(expected, fault.Code);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAVocabularyWithoutAByte_IsDamaged()
    {
        using TemporaryFolder folder = new();
        WriteTiny(folder, tokenizer => tokenizer["model"]!["vocab"]!.AsObject().Remove("a"));
        Assert.Equal(ModelError.Damaged, Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, TinySize)).Code);
    }

    [Fact]
    public void Load_OfFilesOfDifferentModels_IsDamaged()
    {
        using TemporaryFolder folder = new();
        File.Copy(SharedFolder.Require("models", "whisper-tiny.en", "tokenizer.json"), Path.Combine(folder.Path, "tokenizer.json"));
        ModelException fault = Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, 51865));
        Assert.Equal(ModelError.Damaged, fault.Code);
        Assert.Contains("different models", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithAnotherModelsGenerationConfig_IsDamagedAndNamesThatFile()
    {
        using TemporaryFolder folder = new();
        File.Copy(SharedFolder.Require("models", "whisper-base", "tokenizer.json"), Path.Combine(folder.Path, "tokenizer.json"));
        string path = folder.Write("generation_config.json", """{"no_timestamps_token_id":50364}""");
        Assert.Equal(path, Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, 51865)).Path);
        folder.Write("generation_config.json", """{"lang_to_id":{"<|en|>":"x"}}""");
        Assert.Equal(path, Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, 51865)).Path);
        folder.Write("generation_config.json", """{"eos_token_id":[50257],"is_multilingual":true}""");
        Assert.True(WhisperTokenizer.Load(folder.Path, 51865).IsMultilingual);
    }

    [Fact]
    public void Load_OfAModelTooSmallForItsTimestamps_IsDamaged()
    {
        using TemporaryFolder folder = new();
        WriteTiny(folder, _ => { });
        Assert.Equal(ModelError.Damaged, Assert.Throws<ModelException>(() => WhisperTokenizer.Load(folder.Path, 266)).Code);
        Assert.Equal(266, WhisperTokenizer.Load(folder.Path, 267).TimestampBegin);
    }

    private static void WriteTiny(TemporaryFolder folder, Action<JsonObject> change)
    {
        JsonObject tokenizer = JsonNode.Parse(File.ReadAllText(SharedFolder.Require("golden", "speech", "tiny-random", "merged-fp32", "tokenizer.json")))!.AsObject();
        change(tokenizer);
        folder.Write("tokenizer.json", tokenizer.ToJsonString());
    }
}
