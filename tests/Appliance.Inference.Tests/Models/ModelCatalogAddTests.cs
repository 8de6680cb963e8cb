using Appliance.Inference.Models;
using Appliance.Testing;
using Appliance.Testing.Onnx;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Inference.Tests.Models;

public sealed class ModelCatalogAddTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _root;
    private readonly ModelCatalog _catalog;

    public ModelCatalogAddTests()
    {
        _root = _folder["root"];
        _catalog = new([_root], cachePath: null, NullLogger.Instance, TimeProvider.System);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_HubFolder_WritesAManifestOfWhatIsNeeded()
    {
        string source = WhisperPack.Write(_folder, "My-Whisper", "onnx/encoder_model.onnx", "onnx/encoder_model_quantized.onnx", "onnx/decoder_model_merged.onnx", "onnx/decoder_model_merged_quantized.onnx");
        _folder.Write("My-Whisper/flax_model.msgpack", "not needed");

        ModelFolder added = _catalog.Add(source);

        Assert.Equal("my-whisper", added.Name);
        Assert.Equal("whisper", added.Manifest.Kind);
        Assert.Equal("MIT", added.Manifest.Licence);
        Assert.Equal("openai/whisper-base", added.Manifest.Origin);
        Assert.Equal(["en", "zh"], added.Manifest.Languages);
        Assert.Equal(
            ["README.md", "config.json", "generation_config.json", "onnx/decoder_model_merged_quantized.onnx", "onnx/encoder_model_quantized.onnx", "preprocessor_config.json", "tokenizer.json"],
            added.Manifest.Files.Select(file => file.Path));
        Assert.Equal(Path.Combine(_root, "my-whisper"), _catalog.Find("my-whisper", ModelKinds.Whisper).Path);
        Assert.False(File.Exists(Path.Combine(source, "manifest.json")));
    }

    [Fact]
    public void Add_SameDevice_LinksInsteadOfCopying()
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");

        ModelFolder added = _catalog.Add(source, "linked");

        Assert.Equal(Native.FileIdentity.Of(Path.Combine(source, "encoder.onnx")).Inode, Native.FileIdentity.Of(added.FilePath("encoder.onnx")).Inode);
    }

    [Fact]
    public void Add_FileThatOthersMayNotRead_IsCopiedSoThatTheServiceCan()
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");
        File.SetUnixFileMode(Path.Combine(source, "encoder.onnx"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        ModelFolder added = _catalog.Add(source);

        Assert.True(File.GetUnixFileMode(added.FilePath("encoder.onnx")).HasFlag(UnixFileMode.OtherRead));
        Assert.NotEqual(Native.FileIdentity.Of(Path.Combine(source, "encoder.onnx")).Inode, Native.FileIdentity.Of(added.FilePath("encoder.onnx")).Inode);
    }

    [Fact]
    public void Add_FolderWithManifest_KeepsItUnderAnotherName()
    {
        string source = SharedFolder.Require("models", "silero-vad");

        ModelFolder added = _catalog.Add(source, "my-vad");

        Assert.Equal("my-vad", added.Name);
        Assert.Equal(ModelManifestFile.Read(source).Files, added.Manifest.Files);
        Assert.Equal("my-vad", _catalog.Find("my-vad", ModelKinds.Vad).Name);
    }

    [Fact]
    public void Add_FileThatBreaksItsManifest_IsDamagedAndLeavesNothing()
    {
        using ModelFixture fixture = new();
        string source = fixture.AddModel(fixture.Path, "tiny", ModelKinds.Vad);
        File.WriteAllText(Path.Combine(source, "weights.bin"), "veights");

        ModelException fault = Assert.Throws<ModelException>(() => _catalog.Add(source));

        Assert.Equal(ModelError.Damaged, fault.Code);
        Assert.Equal(Path.Combine(source, "weights.bin"), fault.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Theory]
    [InlineData("merged-fp32", WhisperLayout.Merged)]
    [InlineData("merged-q4", WhisperLayout.Merged)]
    [InlineData("merged-external", WhisperLayout.Merged)]
    [InlineData("split-fp32", WhisperLayout.Split)]
    public void Add_SharedPack_FindsItsLayout(string pack, WhisperLayout layout)
    {
        ModelFolder added = _catalog.Add(SharedFolder.Require("golden", "speech", "tiny-random", pack));

        Assert.Equal(layout, WhisperFiles.Find(_catalog.Find(pack, ModelKinds.Whisper)).Layout);
        Assert.Equal(pack == "merged-external" ? 2 : 0, added.Manifest.Files.Count(file => file.Path.EndsWith(".onnx_data", StringComparison.Ordinal)));
    }

    [Fact]
    public void Add_WhisperTinyWithoutItsManifest_IsEnglishAndVerified()
    {
        string shared = SharedFolder.Require("models", "whisper-tiny.en");
        foreach (string file in Directory.EnumerateFiles(shared, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "manifest.json"))
        {
            _folder.Write(Path.Combine("whisper-tiny.en", Path.GetRelativePath(shared, file)), File.ReadAllBytes(file));
        }

        ModelFolder added = _catalog.Add(_folder["whisper-tiny.en"]);

        Assert.Equal(["en"], added.Manifest.Languages);
        Assert.Equal("unknown", added.Manifest.Licence);
        Assert.Contains("LICENSE", added.Manifest.Files.Select(file => file.Path));
        Assert.True(_catalog.Verify("whisper-tiny.en", ignoreCache: true).IsIntact);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("onnx/encoder_model.onnx")]
    [InlineData("onnx/decoder_model_merged.onnx")]
    public void Add_NeededFileMissing_IsIncompleteNamesItAndLeavesNothing(string file)
    {
        string source = WhisperPack.Write(_folder, "pack", "onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx");
        File.Delete(Path.Combine(source, file));

        ModelException fault = Assert.Throws<ModelException>(() => _catalog.Add(source));

        Assert.Equal(ModelError.Incomplete, fault.Code);
        Assert.Equal(Path.Combine(source, file), fault.Path);
        Assert.False(Directory.Exists(_root));
    }

    [Theory]
    [InlineData("config.json", "{", ModelError.Damaged)]
    [InlineData("config.json", "{\"model_type\": \"bert\"}", ModelError.Unsupported)]
    [InlineData("config.json", "{\"model_type\": \"whisper\"}", ModelError.Damaged)]
    [InlineData("tokenizer.json", "[]", ModelError.Damaged)]
    [InlineData("encoder.onnx", "text", ModelError.Damaged)]
    public void Add_FileThatCantBeUsed_SaysWhy(string file, string content, ModelError code)
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");
        _folder.Write("pack/" + file, content);

        ModelException fault = Assert.Throws<ModelException>(() => _catalog.Add(source));

        Assert.Equal(code, fault.Code);
        Assert.Equal(Path.Combine(source, file), fault.Path);
    }

    [Fact]
    public void Add_EncoderOfAnotherDialect_IsUnsupported()
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");
        _folder.Write("pack/encoder.onnx", TinyGraph.PlusOne(("dialect", "split-cross-kv/9")));

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _catalog.Add(source)).Code);
    }

    [Fact]
    public void Add_WeightsOutsideTheFolder_IsRefused()
    {
        string source = WhisperPack.Write(_folder, "pack", "onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx");
        _folder.Write("pack/onnx/encoder_model.onnx", TinyGraph.PlusExternal("../../secret", 0, 1));
        _folder.Write("secret", "s");

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _catalog.Add(source)).Code);
    }

    [Fact]
    public void Add_LinkOutOfTheFolder_IsRefused()
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");
        File.Delete(Path.Combine(source, "README.md"));
        File.CreateSymbolicLink(Path.Combine(source, "README.md"), "/etc/passwd");

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _catalog.Add(source)).Code);
    }

    [Fact]
    public void Add_SnapshotOfTheHubsCache_FollowsItsLinksAndTakesItsName()
    {
        string pack = WhisperPack.Write(_folder, "pack", "onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx");
        string snapshot = _folder["hub", "models--acme--Whisper-Test", "snapshots", "0123abcd"];
        string blobs = Directory.CreateDirectory(_folder["hub", "models--acme--Whisper-Test", "blobs"]).FullName;
        int blob = 0;
        foreach (string file in Directory.EnumerateFiles(pack, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(blobs, $"{blob++}");
            File.Copy(file, target);
            string link = Path.Combine(snapshot, Path.GetRelativePath(pack, file));
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(link)!, target));
        }

        ModelFolder added = _catalog.Add(snapshot);

        Assert.Equal("whisper-test", added.Name);
        Assert.All(added.Manifest.Files, file => Assert.Null(new FileInfo(added.FilePath(file.Path)).LinkTarget));
    }

    [Fact]
    public void Add_NameThatIsTaken_IsAlreadyThere()
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");
        _catalog.Add(source);

        ModelException fault = Assert.Throws<ModelException>(() => _catalog.Add(source));

        Assert.Equal(ModelError.AlreadyThere, fault.Code);
        Assert.Contains("--name", fault.Message, StringComparison.Ordinal);
        _catalog.Add(source, "pack-2");
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("../up")]
    [InlineData(".hidden")]
    public void Add_NameThatBreaksTheRule_IsRefused(string name)
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _catalog.Add(source, name)).Code);
    }

    [Fact]
    public void Add_File_SaysToGiveTheFolder()
    {
        string file = _folder.Write("model.zip", "PK");

        Assert.Equal(ModelError.Unsupported, Assert.Throws<ModelException>(() => _catalog.Add(file)).Code);
    }

    [Fact]
    public void Add_NothingThere_IsIncomplete() => Assert.Equal(ModelError.Incomplete, Assert.Throws<ModelException>(() => _catalog.Add(_folder["absent"])).Code);

    [Fact]
    public void Add_NoRootThatCanBeWritten_NamesThemAndWhatToDo()
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");
        string blocked = Path.Combine(_folder.Write("file", ""), "models");
        string builtIn = _folder["usr", "share", "appliance", "models"];
        ModelCatalog catalog = new([blocked, builtIn], cachePath: null, NullLogger.Instance, TimeProvider.System);

        ModelException fault = Assert.Throws<ModelException>(() => catalog.Add(source));

        Assert.Equal(ModelError.NotWritable, fault.Code);
        Assert.Contains(blocked, fault.Message, StringComparison.Ordinal);
        Assert.Contains(builtIn, fault.Message, StringComparison.Ordinal);
        Assert.Contains("models.roots", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_FirstRootCantBeWritten_TakesTheNext()
    {
        string source = WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx");
        string blocked = Path.Combine(_folder.Write("file", ""), "models");
        ModelCatalog catalog = new([blocked, _root], cachePath: null, NullLogger.Instance, TimeProvider.System);

        Assert.Equal(Path.Combine(_root, "pack"), catalog.Add(source).Path);
    }

    [Fact]
    public void Add_LeftoverOfACutOffRun_IsSweptAfterADay()
    {
        string old = Directory.CreateDirectory(Path.Combine(_root, ".adding-x-1-y", "onnx")).Parent!.FullName;
        string young = Directory.CreateDirectory(Path.Combine(_root, ".adding-x-2-y")).FullName;
        Directory.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        _catalog.Add(WhisperPack.Write(_folder, "pack", "encoder.onnx", "decoder.onnx"));

        Assert.False(Directory.Exists(old));
        Assert.True(Directory.Exists(young));
    }
}
