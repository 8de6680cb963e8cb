using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Testing;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelManifestFileTests : IDisposable
{
    private const string Valid = """
        {"name": "tiny", "kind": "whisper", "licence": "MIT", "origin": "here",
         "files": [{"path": "a/b.onnx", "bytes": 3, "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ModelManifest Read(string json)
    {
        _folder.Write("manifest.json", json);
        return ModelManifestFile.Read(_folder.Path);
    }

    private ModelException ReadChanged(Action<JsonNode> change)
    {
        JsonNode manifest = JsonNode.Parse(Valid)!;
        change(manifest);
        return Assert.Throws<ModelException>(() => Read(manifest.ToJsonString()));
    }

    [Fact]
    public void Read_UnknownKeys_AreIgnored()
    {
        ModelManifest manifest = Read(Valid.Replace("{\"name\"", "{\"future\": {\"x\": [1]}, \"name\"", StringComparison.Ordinal));

        Assert.Equal("tiny", manifest.Name);
        Assert.Equal("", manifest.Notes);
        Assert.Empty(manifest.Languages);
        Assert.Equal(3, manifest.TotalBytes);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("kind")]
    [InlineData("licence")]
    [InlineData("origin")]
    [InlineData("files")]
    public void Read_RequiredKeyMissing_IsDamagedAndNamesIt(string key)
    {
        ModelException fault = ReadChanged(manifest => manifest.AsObject().Remove(key));

        Assert.Equal(ModelError.Damaged, fault.Code);
        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path")]
    [InlineData("bytes")]
    [InlineData("sha256")]
    public void Read_RequiredKeyOfAFileMissing_IsDamaged(string key) =>
        Assert.Equal(ModelError.Damaged, ReadChanged(manifest => manifest["files"]![0]!.AsObject().Remove(key)).Code);

    [Theory]
    [InlineData("../b")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a\\..\\b")]
    [InlineData("")]
    [InlineData("a\u0000b")]
    public void Read_PathThatLeavesTheFolder_IsRefused(string path) =>
        Assert.Equal(ModelError.Unsupported, ReadChanged(manifest => manifest["files"]![0]!["path"] = path).Code);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("Tiny")]
    [InlineData("-tiny")]
    public void Read_NameThatBreaksTheRule_IsDamaged(string name) => Assert.Equal(ModelError.Damaged, ReadChanged(manifest => manifest["name"] = name).Code);

    [Fact]
    public void Read_NegativeSize_IsDamaged() => Assert.Equal(ModelError.Damaged, ReadChanged(manifest => manifest["files"]![0]!["bytes"] = -1).Code);

    [Fact]
    public void Read_ShortHash_IsDamaged() => Assert.Equal(ModelError.Damaged, ReadChanged(manifest => manifest["files"]![0]!["sha256"] = "ba78").Code);

    [Fact]
    public void Read_NoFiles_IsDamaged() => Assert.Equal(ModelError.Damaged, ReadChanged(manifest => manifest["files"] = new JsonArray()).Code);

    [Fact]
    public void Read_NullInFiles_IsDamaged() => Assert.Equal(ModelError.Damaged, ReadChanged(manifest => manifest["files"]!.AsArray().Add(null)).Code);

    [Fact]
    public void Read_FileTwice_IsDamaged() => Assert.Equal(ModelError.Damaged, ReadChanged(manifest => manifest["files"]!.AsArray().Add(manifest["files"]![0]!.DeepClone())).Code);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\": ")]
    public void Read_NotJson_IsDamaged(string json) => Assert.Equal(ModelError.Damaged, Assert.Throws<ModelException>(() => Read(json)).Code);

    [Fact]
    public void Read_Absent_IsIncompleteAndSaysHowToAdopt() =>
        Assert.Contains("appliance models add", Assert.Throws<ModelException>(() => ModelManifestFile.Read(_folder.Path)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("whisper-base")]
    [InlineData("whisper-tiny.en")]
    [InlineData("silero-vad")]
    [InlineData("emoji-diffusion")]
    public void Write_WhatWasReadFromASharedModel_GivesTheSameJson(string name)
    {
        string folder = SharedFolder.Require("models", name);

        ModelManifestFile.Write(_folder.Path, ModelManifestFile.Read(folder));

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json"))),
            JsonNode.Parse(File.ReadAllText(_folder["manifest.json"]))));
    }
}
