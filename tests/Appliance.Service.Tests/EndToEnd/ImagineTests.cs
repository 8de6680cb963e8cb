using System.Diagnostics;
using System.Text.Json;
using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>Pictures from the built program with the model that comes along.</summary>
public sealed class ImagineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    public async Task Imagine_EveryFormat_IsVerifiedAndSaysWhatItIs(string name)
    {
        string path = _folder[name];
        ProgramRun drawn = await RunAsync("imagine", "a red apple", "--seed", "7", "--steps", "3", "--negative", "blue", "--output", path);
        ProgramRun info = await RunAsync("image", "info", path, "--json");
        ProgramRun verified = await RunAsync("image", "verify", path);

        Assert.Equal((0, path + "\n", ""), (drawn.Code, drawn.Out, drawn.Error));
        JsonElement said = JsonDocument.Parse(info.Out).RootElement;
        Assert.Equal(("a red apple", "blue", 7, 3), (said.GetProperty("prompt").GetString(), said.GetProperty("negative_prompt").GetString(), said.GetProperty("seed").GetInt64(), said.GetProperty("steps").GetInt32()));
        Assert.Equal(("emoji-diffusion", "ddim", "torch-cpu", "cpu"), (said.GetProperty("model").GetString(), said.GetProperty("scheduler").GetString(), said.GetProperty("generator").GetString(), said.GetProperty("provider").GetString()));
        Assert.Equal((0, $"{path}: same\n"), (verified.Code, verified.Out));
    }

    [Fact]
    public async Task Imagine_SameCall_GivesTheSameBytes()
    {
        await RunAsync("imagine", "an owl", "--seed", "1", "--steps", "2", "--output", _folder["a.png"]);
        await RunAsync("imagine", "an owl", "--seed", "1", "--steps", "2", "--output", _folder["b.png"]);
        await RunAsync("imagine", "an owl", "--seed", "2", "--steps", "2", "--output", _folder["c.png"]);

        Assert.Equal(File.ReadAllBytes(_folder["a.png"]), File.ReadAllBytes(_folder["b.png"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["a.png"]), File.ReadAllBytes(_folder["c.png"]));
    }

    [Fact]
    public async Task Imagine_ModelMadeForAnUnknownScheduler_TakesTheOneThatIsNamed()
    {
        string original = Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/models/emoji-diffusion");
        string source = _folder["other"];
        foreach (string file in Directory.GetFiles(original, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "manifest.json"))
        {
            string copy = Path.Combine(source, Path.GetRelativePath(original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string config = Path.Combine(source, "scheduler/scheduler_config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("DDIMScheduler", "SomeNewScheduler", StringComparison.Ordinal));
        Dictionary<string, string?> roots = new() { ["APPLIANCE_MODELS__ROOTS"] = _folder["root"] };
        Directory.CreateDirectory(_folder["root"]);
        ProgramRun added = await ProgramRun.RunAsync(new ProgramCall("models", "add", source) { Variables = roots });
        ProgramRun refused = await ProgramRun.RunAsync(new ProgramCall("imagine", "a frog", "--model", "other", "--output", _folder["a.png"]) { Variables = roots });
        ProgramRun drawn = await ProgramRun.RunAsync(new ProgramCall("imagine", "a frog", "--model", "other", "--steps", "2", "--scheduler", "euler", "--output", _folder["b.png"]) { Variables = roots });

        Assert.Equal((0, ""), (added.Code, added.Error.Contains("can't", StringComparison.Ordinal) ? added.Error : ""));
        Assert.Contains("choose one of them with --scheduler", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, _folder["b.png"] + "\n"), (drawn.Code, drawn.Out));
    }

    [Fact]
    public async Task ImageVerify_DrawnWithOtherThreads_UsesThose()
    {
        // 20 steps: after a few the last bits have not reached a pixel
        await RunAsync("imagine", "a purple elephant", "--seed", "3", "--threads", "3", "--output", _folder["a.png"]);

        Assert.Equal(0, (await RunAsync("image", "verify", _folder["a.png"])).Code);
    }

    [Fact]
    public async Task Imagine_CountAsJson_IsOneDocumentOfPicturesThatStandAlone()
    {
        ProgramRun run = await RunAsync("imagine", "a frog", "--seed", "5", "--steps", "2", "--count", "3", "--json", "--output", _folder["frogs"] + "/");
        await RunAsync("imagine", "a frog", "--seed", "6", "--steps", "2", "--output", _folder["alone.png"]);

        JsonElement[] pictures = [.. JsonDocument.Parse(run.Out).RootElement.EnumerateArray()];
        Assert.Equal([5L, 6L, 7L], pictures.Select(picture => picture.GetProperty("seed").GetInt64()));
        Assert.Equal(_folder["frogs", "appliance-6.png"], pictures[1].GetProperty("path").GetString());
        Assert.Equal(File.ReadAllBytes(_folder["alone.png"]), File.ReadAllBytes(_folder["frogs", "appliance-6.png"]));
        Assert.All(pictures, picture => Assert.Equal(picture.GetProperty("sha256").GetString(), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(picture.GetProperty("path").GetString()!)))));
        Assert.True(pictures[0].GetProperty("timing").GetProperty("total").GetDouble() > 0);
    }

    [Fact]
    public async Task Imagine_InTheCurrentFolder_NamesTheFileBySeed()
    {
        ProgramRun run = await ProgramRun.RunAsync(new ProgramCall("imagine", "a star", "--steps", "1") { Folder = _folder.Path });

        Assert.Equal(0, run.Code);
        Assert.Matches("^appliance-[0-9]+\\.png\n$", run.Out);
        Assert.True(File.Exists(_folder[run.Out.Trim()]));
    }

    [Fact]
    public async Task ImageVerify_EditedPicture_IsFoundOut()
    {
        string path = _folder["a.png"];
        await RunAsync("imagine", "a star", "--seed", "1", "--steps", "2", "--output", path);
        byte[] other = File.ReadAllBytes(path);
        await RunAsync("imagine", "a heart", "--seed", "1", "--steps", "2", "--output", _folder["b.png"]);
        File.WriteAllBytes(path, WithTextsOf(other, File.ReadAllBytes(_folder["b.png"])));

        ProgramRun run = await RunAsync("image", "verify", path);

        Assert.Equal(1, run.Code);
        Assert.Contains("edited", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"width\":128", "\"width\":2147483647", 1)]
    [InlineData("\"steps\":2", "\"steps\":2000000000", 2)]
    [InlineData("\"seed\":1", "\"seed\":-1", 2)]
    [InlineData("\"prompt\":\"a star\"", "\"prompt\":null", 65)]
    [InlineData("\"scheduler\":\"ddim\"", "\"scheduler\":\"x\"", 2)]
    [InlineData("\"model\":\"emoji-diffusion\"", "\"model\":\"../../etc\"", 2)]
    [InlineData("{", "[", 65)]
    public async Task ImageVerify_HostileMetadata_AreTold(string from, string to, int code)
    {
        string path = _folder["a.png"];
        await RunAsync("imagine", "a star", "--seed", "1", "--steps", "2", "--output", path);
        byte[] file = File.ReadAllBytes(path);
        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        string text = System.Text.Encoding.UTF8.GetString(file, 41, length);
        byte[] changed = System.Text.Encoding.UTF8.GetBytes(text[..14] + text[14..].Replace(from, to, StringComparison.Ordinal));
        byte[] size = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(size, changed.Length);
        byte[] chunk = [.. "iTXt"u8, .. changed];
        byte[] crc = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(crc, System.IO.Hashing.Crc32.HashToUInt32(chunk));
        File.WriteAllBytes(path, [.. file.AsSpan(0, 33), .. size, .. chunk, .. crc, .. file.AsSpan(33 + 12 + length)]);

        ProgramRun run = await RunAsync("image", "verify", path);

        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Single(run.ErrorLines);
        Assert.DoesNotContain("internal fault", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImageVerify_FromAnotherPicture_NeedsThatOne()
    {
        await RunAsync("imagine", "a red apple", "--seed", "1", "--steps", "4", "--output", _folder["start.png"]);
        await RunAsync("imagine", "a frog", "--seed", "1", "--steps", "4", "--output", _folder["other.png"]);
        await RunAsync("imagine", "a lemon", "--seed", "2", "--steps", "4", "--init", _folder["start.png"], "--strength", "0.6", "--output", _folder["a.png"]);

        ProgramRun without = await RunAsync("image", "verify", _folder["a.png"]);
        ProgramRun wrong = await RunAsync("image", "verify", _folder["a.png"], "--init", _folder["other.png"]);
        ProgramRun right = await RunAsync("image", "verify", _folder["a.png"], "--init", _folder["start.png"]);

        Assert.Equal((2, 2, 0), (without.Code, wrong.Code, right.Code));
        Assert.Contains("--init", Assert.Single(without.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("is not the picture", Assert.Single(wrong.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "must be a multiple of 16", "x", "--width", "100")]
    [InlineData(2, "must be one of ddim, euler, euler-karras", "x", "--scheduler", "magic")]
    [InlineData(2, "--steps \"0\"", "x", "--steps", "0")]
    [InlineData(2, "--guidance \"nan\"", "x", "--guidance", "nan")]
    [InlineData(2, "--seed \"-1\"", "x", "--seed", "-1")]
    [InlineData(2, "needs a picture", "x", "--mask", "m.png")]
    [InlineData(2, "needs a picture", "x", "--strength", "0.5")]
    [InlineData(2, "the extension must be one of", "x", "--output", "a.tiff")]
    [InlineData(2, "there is no model \"nothing\"", "x", "--model", "nothing")]
    [InlineData(66, "there is no such file", "x", "--init", "nothing.png")]
    [InlineData(2, "control characters", "a\u0007b")]
    [InlineData(73, "can't be", "x", "--output", "/proc/nothing/a.png")]
    public async Task Imagine_WrongCall_IsOneLineAndNoFile(int code, string expected, params string[] arguments)
    {
        ProgramRun run = await ProgramRun.RunAsync(new ProgramCall(["imagine", .. arguments]) { Folder = _folder.Path });

        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Imagine_HostileStartPicture_Is65()
    {
        string bomb = _folder.Write("bomb.png", Bomb());
        string text = _folder.Write("text.png", "not a picture");
        foreach (string path in new[] { bomb, text })
        {
            ProgramRun run = await RunAsync("imagine", "x", "--init", path, "--output", _folder["a.png"]);
            Assert.Equal(65, run.Code);
            Assert.Contains(path, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
            Assert.False(File.Exists(_folder["a.png"]));
        }
    }

    [Fact]
    public async Task Imagine_Interrupted_LeavesNoFile()
    {
        ProgramRun run = await ProgramRun.RunAsync(new ProgramCall("imagine", "x", "--width", "1024", "--height", "1024", "--steps", "500")
        {
            Folder = _folder.Path,
            WhileRunning = async process =>
            {
                await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
                using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
                await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            },
        });

        Assert.Equal((130, ""), (run.Code, run.Out));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task ImageInfo_PictureOfSomebodyElse_Is65()
    {
        await RunAsync("imagine", "a star", "--seed", "1", "--steps", "1", "--output", _folder["a.png"]);
        byte[] bare = WithoutTexts(File.ReadAllBytes(_folder["a.png"]));
        ProgramRun run = await RunAsync("image", "info", _folder.Write("bare.png", bare));

        Assert.Equal(65, run.Code);
        Assert.Contains("does not say how it was drawn", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.RunAsync(arguments);

    // texts stand behind the header of 33 bytes, before the pixels
    private static byte[] WithTextsOf(byte[] texts, byte[] pixels) => [.. texts.AsSpan(0, PixelsAt(texts)), .. pixels.AsSpan(PixelsAt(pixels))];

    private static byte[] WithoutTexts(byte[] file) => [.. file.AsSpan(0, 33), .. file.AsSpan(PixelsAt(file))];

    private static int PixelsAt(byte[] file)
    {
        int place = 33;
        while (file.AsSpan(place + 4, 4).SequenceEqual("iTXt"u8))
        {
            place += 12 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));
        }

        return place;
    }

    private static byte[] Bomb()
    {
        byte[] header = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0, 8, 2, 0, 0, 0];
        byte[] crc = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(crc, System.IO.Hashing.Crc32.HashToUInt32(header.AsSpan(12)));
        return [.. header, .. crc, .. new byte[64]];
    }
}
