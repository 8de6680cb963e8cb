using System.Text.Json.Nodes;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Vocabulary;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("appliance-test-").FullName;

    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes the tokenizer.json of a shared pack, with or without its special tokens, and nothing else.</summary>
    public string CopyVocabulary(string pack, bool withAddedTokens)
    {
        JsonObject tokenizer = JsonNode.Parse(File.ReadAllText(SharedFolder.Require("models", pack, "tokenizer.json")))!.AsObject();
        if (!withAddedTokens)
        {
            tokenizer["added_tokens"] = new JsonArray();
        }

        tokenizer["model"]!["merges"] = new JsonArray();
        return Write("tokenizer.json", tokenizer.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
