using System.Text.Json.Nodes;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Vocabulary;

/// <summary>Part of a shared pack in a test's own folder.</summary>
internal static class VocabularyCopy
{
    /// <summary>Writes the tokenizer.json of a shared pack, with or without its special tokens, and nothing else.</summary>
    public static string CopyVocabulary(this TemporaryFolder folder, string pack, bool withAddedTokens)
    {
        JsonObject tokenizer = JsonNode.Parse(File.ReadAllText(SharedFolder.Require("models", pack, "tokenizer.json")))!.AsObject();
        if (!withAddedTokens)
        {
            tokenizer["added_tokens"] = new JsonArray();
        }

        tokenizer["model"]!["merges"] = new JsonArray();
        return folder.Write("tokenizer.json", tokenizer.ToJsonString());
    }
}
