using System.Text.Json;
using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>Where results go, and that nothing half-written stays.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Transcribe_Clip_PrintsTheTextAlone()
    {
        ProgramRun run = await ProgramRun.RunAsync("transcribe", BundledClip.Path);

        Assert.Equal(0, run.Code);
        Assert.Contains("ask not what your country can do for you", run.Out, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Transcribe_StandardInput_IsAnInputLikeAnother()
    {
        byte[] clip = await File.ReadAllBytesAsync(BundledClip.Path, TestContext.Current.CancellationToken);

        ProgramRun file = await ProgramRun.RunAsync("transcribe", BundledClip.Path);
        ProgramRun piped = await ProgramRun.RunAsync(new ProgramCall("transcribe", "-")
        {
            Input = clip,
            Variables = new Dictionary<string, string?> { ["TMPDIR"] = _folder },
        });

        Assert.Equal((0, file.Out, ""), (piped.Code, piped.Out, piped.Error));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Transcribe_EmptyStandardInput_Is65()
    {
        ProgramRun run = await ProgramRun.RunAsync(new ProgramCall("transcribe", "-") { Input = [] });

        Assert.Equal((65, ""), (run.Code, run.Out));
        Assert.StartsWith("-: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_ClosedStandardInput_Is66()
    {
        string said = await Shell.ReadAsync($"timeout 60 '{ProgramRun.ProgramPath}' transcribe - <&-; echo $?", withError: true);

        Assert.StartsWith("66\n-: standard input is closed", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_OutputToAnOpenPipe_ReachesIt()
    {
        ProgramRun run = await ProgramRun.RunAsync("transcribe", BundledClip.Path, "--output", "/dev/stdout");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("ask not", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_JsonWithWords_HasTheKeysOfTheOriginal()
    {
        ProgramRun run = await ProgramRun.RunAsync("transcribe", "--json", "--word-timestamps", BundledClip.Path);

        using JsonDocument document = JsonDocument.Parse(run.Out);
        JsonElement root = document.RootElement;
        Assert.Equal("en", root.GetProperty("language").GetString());
        Assert.False(root.TryGetProperty("file", out _));
        JsonElement word = root.GetProperty("segments").EnumerateArray().SelectMany(segment => segment.GetProperty("words").EnumerateArray())
            .First(word => word.GetProperty("word").GetString()!.Contains("Americans", StringComparison.Ordinal));
        Assert.InRange(1.8, word.GetProperty("start").GetDouble(), word.GetProperty("end").GetDouble());
    }

    [Fact]
    public async Task Transcribe_ProvidersNamed_TellsEachPassedOver()
    {
        if (Path.Exists("/dev/nvidia0"))
        {
            Assert.Skip("there is an NVIDIA GPU, so nothing may be passed over");
        }

        ProgramRun first = await ProgramRun.RunAsync("transcribe", "--provider", "tensorrt,cuda,cpu", BundledClip.Path);
        ProgramRun only = await ProgramRun.RunAsync("transcribe", "--provider", "cuda", BundledClip.Path);
        ProgramRun quiet = await ProgramRun.RunAsync("transcribe", "--quiet", "--provider", "cuda,cpu", BundledClip.Path);

        Assert.Equal(0, first.Code);
        Assert.Equal(2, first.ErrorLines.Length);
        Assert.StartsWith("execution provider tensorrt passed over (", first.ErrorLines[0], StringComparison.Ordinal);
        Assert.StartsWith("execution provider cuda passed over (", first.ErrorLines[1], StringComparison.Ordinal);
        Assert.Equal((69, ""), (only.Code, only.Out));
        Assert.Contains("cuda", Assert.Single(only.ErrorLines), StringComparison.Ordinal);
        Assert.Equal((0, ""), (quiet.Code, quiet.Error));
    }

    [Fact]
    public async Task Transcribe_OutputFolder_GivesEachInputItsFile()
    {
        string copy = Path.Combine(_folder, "copy.flac");
        File.Copy(BundledClip.Path, copy);
        string target = Path.Combine(_folder, "new", "texts");

        ProgramRun run = await ProgramRun.RunAsync("transcribe", BundledClip.Path, copy, "--format", "vtt", "--output", target);

        Assert.Equal((0, "", ""), (run.Code, run.Out, run.Error));
        Assert.Equal(["copy.vtt", "jfk.vtt"], Directory.GetFiles(target).Select(Path.GetFileName).Order());
        Assert.StartsWith("WEBVTT\n", await File.ReadAllTextAsync(Path.Combine(target, "jfk.vtt"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_FullDisk_Is73AndLeavesNothing()
    {
        string mount = Directory.CreateDirectory(Path.Combine(_folder, "small")).FullName;
        if (!await Shell.TryRunAsync("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", mount))
        {
            Assert.Skip("a small file system can be mounted as root only");
        }

        try
        {
            await File.WriteAllBytesAsync(Path.Combine(mount, "filler"), new byte[16 << 10], TestContext.Current.CancellationToken);
            ProgramRun run = await ProgramRun.RunAsync("transcribe", "--json", "--word-timestamps", BundledClip.Path, "--output", Path.Combine(mount, "a.json"));

            Assert.Equal((73, ""), (run.Code, run.Out));
            Assert.Contains("a.json", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
            Assert.Equal([Path.Combine(mount, "filler")], Directory.GetFileSystemEntries(mount));
        }
        finally
        {
            Assert.True(await Shell.TryRunAsync("umount", mount));
        }
    }

    [Fact]
    public async Task Transcribe_StandardOutputOnAFullDisk_Is73()
    {
        Assert.Equal("73", (await Shell.ReadAsync($"'{ProgramRun.ProgramPath}' --help >/dev/full 2>/dev/null; echo $?")).Trim());
        Assert.Equal("73", (await Shell.ReadAsync($"'{ProgramRun.ProgramPath}' transcribe '{BundledClip.Path}' >/dev/full 2>/dev/null; echo $?")).Trim());
    }

    [Fact]
    public async Task Transcribe_StandardErrorOnAFullDisk_KeepsTheStatus() => Assert.Equal(
        "66", (await Shell.ReadAsync($"'{ProgramRun.ProgramPath}' transcribe /none 2>/dev/full; echo $?")).Trim());

    [Fact]
    public async Task Transcribe_NoRoomForStandardInput_Is73AndLeavesNothing()
    {
        string mount = Directory.CreateDirectory(Path.Combine(_folder, "small")).FullName;
        if (!await Shell.TryRunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount))
        {
            Assert.Skip("a small file system can be mounted as root only");
        }

        try
        {
            ProgramRun run = await ProgramRun.RunAsync(new ProgramCall("transcribe", "-")
            {
                Input = new WaveFile { Data = WaveFile.Tone(10) }.ToBytes(),
                Variables = new Dictionary<string, string?> { ["TMPDIR"] = mount },
            });

            Assert.Equal((73, ""), (run.Code, run.Out));
            Assert.Contains("TMPDIR", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(mount));
        }
        finally
        {
            Assert.True(await Shell.TryRunAsync("umount", mount));
        }
    }

    [Fact]
    public async Task Help_ReaderGoesAway_EndsQuietly() => Assert.Equal(
        "NAME\n0\n", await Shell.ReadAsync($"{{ '{ProgramRun.ProgramPath}' transcribe --help 2>&3; echo $? >&3; }} 3>&2 | head -1; true", withError: true));

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Transcribe_Signal_Is130AndLeavesNothing(string signal)
    {
        string target = Path.Combine(_folder, "out");
        ProgramCall call = new("transcribe", "-", "--output", target + "/")
        {
            // two hours: far from done when the signal comes
            Input = new WaveFile { Data = WaveFile.Tone(7200) }.ToBytes(),
            WhileRunning = async process =>
            {
                while (!Directory.Exists(target))
                {
                    await Task.Delay(20);
                }

                await Task.Delay(2000);
                Assert.True(await Shell.TryRunAsync("kill", "-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            },
        };

        ProgramRun run = await ProgramRun.RunAsync(call);

        Assert.Equal(130, run.Code);
        Assert.Empty(Directory.GetFileSystemEntries(target));
    }
}
