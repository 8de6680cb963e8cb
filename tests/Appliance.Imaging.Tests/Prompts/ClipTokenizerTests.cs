using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Appliance.Imaging.Prompts;
using Appliance.Imaging.Tests.Golden;

namespace Appliance.Imaging.Tests.Prompts;

public sealed class ClipTokenizerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Encode_EveryGoldenText_GivesTheReferencesIds(bool padsWithExclamation)
    {
        ClipTokenizer tokenizer = padsWithExclamation ? PaddedWithExclamation() : ClipTokenizer.Read(Folder());
        int compared = 0;
        foreach (JsonElement item in GoldenFolder.Json("tokenizer", "clip.json").GetProperty("cases").EnumerateArray())
        {
            string text = Encoding.UTF8.GetString(Convert.FromHexString(item.GetProperty("utf8_hex").GetString()!));
            int[] expected = [.. item.GetProperty(padsWithExclamation ? "ids_pad0" : "ids").EnumerateArray().Select(id => id.GetInt32())];
            PromptTokens tokens = tokenizer.Encode(text);
            Assert.True(expected.SequenceEqual(tokens.Ids), $"\"{text}\": {string.Join(' ', tokens.Ids)}, not {string.Join(' ', expected)}");
            Assert.Equal(item.GetProperty("truncated").GetBoolean(), tokens.LeftOut.Length > 0);
            compared++;
        }

        Assert.True(compared >= 100);
    }

    [Fact]
    public void Encode_LongPrompt_SaysWhatFoundNoPlace()
    {
        string text = string.Join(' ', Enumerable.Repeat("cat", 75)) + " and a Red dog!";
        Assert.Equal("and a red dog !", ClipTokenizer.Read(Folder()).Encode(text).LeftOut);
    }

    [Fact]
    public void Of_EveryCharacterAndRandomSequences_IsFormC()
    {
        // the sum that scripts/make-canonical-forms --sum prints: Python's normalize over the same texts
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in CanonicalTexts.All())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(CanonicalComposition.Of(text) + "\n"));
        }

        Assert.Equal("2fe18816b1c14cd15fa82ec1d624015f8276b24ba77690434f6e3b7e3799879f", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // the standard vocabulary of CLIP, the same as that of the golden pack
    private static string Folder() => SharedFolder.Require("models", "emoji-diffusion", "tokenizer");

    private static ClipTokenizer PaddedWithExclamation()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.EnumerateFiles(Folder()))
        {
            folder.Write(Path.GetFileName(file), File.ReadAllBytes(file));
        }

        foreach (string file in new[] { "tokenizer_config.json", "special_tokens_map.json" })
        {
            string path = Path.Combine(folder.Path, file);
            File.WriteAllText(path, File.ReadAllText(path).Replace("\"pad_token\": \"<|endoftext|>\"", "\"pad_token\": \"!\"", StringComparison.Ordinal));
        }

        return ClipTokenizer.Read(folder.Path);
    }
}
