using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>Models that are wrong: one clear line, status 1 (or 2 for what was asked of them).</summary>
public sealed class BadModelTests : IDisposable
{
    private const string Name = "whisper-base";

    private readonly string _root = Directory.CreateTempSubdirectory("appliance-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Transcribe_WrongHash_IsRefusedWithTheFile()
    {
        string folder = CopyModel();
        string file = Path.Combine(folder, "config.json");
        byte[] content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        content[^2] ^= 1;
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);

        Refused(await TranscribeAsync(), 1, "config.json");
    }

    [Fact]
    public async Task Transcribe_TruncatedFile_IsRefusedWithTheFile()
    {
        Truncate(Path.Combine(CopyModel(), "decoder.onnx"));

        Refused(await TranscribeAsync(), 1, "decoder.onnx");
    }

    [Fact]
    public async Task Transcribe_TruncatedOnnxWithAMatchingManifest_IsRefusedWithTheFile()
    {
        string folder = CopyModel();
        Truncate(Path.Combine(folder, "encoder.onnx"));
        Describe(folder, "encoder.onnx");

        Refused(await TranscribeAsync(), 1, "encoder.onnx");
    }

    [Fact]
    public async Task Transcribe_MissingTokenizer_IsRefusedWithTheFile()
    {
        File.Delete(Path.Combine(CopyModel(), "tokenizer.json"));

        Refused(await TranscribeAsync(), 1, "tokenizer.json");
    }

    [Fact]
    public async Task Transcribe_TokenizerNotInTheManifestEither_IsRefusedWithTheFile()
    {
        string folder = CopyModel();
        File.Delete(Path.Combine(folder, "tokenizer.json"));
        Edit(folder, files => files.RemoveAll(file => (string?)file!["path"] == "tokenizer.json"));

        Refused(await TranscribeAsync(), 1, "tokenizer.json");
    }

    [Fact]
    public async Task Transcribe_WordTimesWithoutAttentions_Is2()
    {
        string pack = SharedFolder.Require("golden", "speech", "tiny-random", "merged-fp32");
        ProgramRun added = await ProgramRun.RunAsync(WithRoot("models", "add", pack, "--name", "plain"));
        Assert.Equal(0, added.Code);

        ProgramRun run = await ProgramRun.RunAsync(WithRoot("transcribe", "--model", "plain", "--word-timestamps", BundledClip.Path));

        Refused(run, 2, "word");
    }

    [Fact]
    public async Task Verify_WrongHash_Is1AndNamesTheFile()
    {
        string file = Path.Combine(CopyModel(), "README.md");
        await File.AppendAllTextAsync(file, "x", TestContext.Current.CancellationToken);

        ProgramRun run = await ProgramRun.RunAsync(WithRoot("models", "verify"));

        Assert.Equal(1, run.Code);
        Assert.Contains(run.Out.Split('\n'), line => line.Contains("README.md\twrong_size", StringComparison.Ordinal));
    }

    private static void Truncate(string file)
    {
        using FileStream stream = File.OpenWrite(file);
        stream.SetLength(stream.Length / 2);
    }

    private static void Refused(ProgramRun run, int code, string expected)
    {
        Assert.Equal(code, run.Code);
        Assert.Equal("", run.Out);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static void Describe(string folder, string name) => Edit(folder, files =>
    {
        byte[] content = File.ReadAllBytes(Path.Combine(folder, name));
        JsonNode entry = files.First(file => (string?)file!["path"] == name)!;
        entry["bytes"] = content.Length;
        entry["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content));
    });

    private static void Edit(string folder, Action<List<JsonNode?>> edit)
    {
        string path = Path.Combine(folder, "manifest.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!;
        List<JsonNode?> files = [.. manifest["files"]!.AsArray().Select(file => file!.DeepClone())];
        edit(files);
        manifest["files"] = new JsonArray([.. files]);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private Task<ProgramRun> TranscribeAsync() => ProgramRun.RunAsync(WithRoot("transcribe", "--model", Name, BundledClip.Path));

    private ProgramCall WithRoot(params string[] arguments) => new(arguments)
    {
        Variables = new Dictionary<string, string?> { ["APPLIANCE_MODELS__ROOTS"] = _root, ["XDG_CACHE_HOME"] = Path.Combine(_root, ".cache") },
    };

    private string CopyModel()
    {
        string source = Path.Combine(RepositoryFolder.Path, "rootfs", "usr", "share", "appliance", "models", Name);
        string folder = Directory.CreateDirectory(Path.Combine(_root, Name)).FullName;
        foreach (string file in Directory.GetFiles(source))
        {
            string copy = Path.Combine(folder, Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return folder;
    }
}
