using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>The built program listens: to the bundled clip, to a pipe, and to nothing.</summary>
public sealed partial class ListenTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Listen_FileAsJson_TellsPartialsFinalsAndTheEnd()
    {
        ProgramRun run = await ProgramRun.RunAsync("listen", "--input", BundledClip.Path, "--pace", "0", "--json");

        Assert.Equal(0, run.Code);
        JsonElement[] events = Events(run.Out);
        Assert.Equal("capturing", events[0].GetProperty("state").GetString());
        Assert.Equal("ended", events[^1].GetProperty("state").GetString());
        Assert.All(events, told => Assert.Equal("file", told.GetProperty("source").GetString()));
        JsonElement[] finals = Of(events, "final");
        Assert.Contains("what your country can do for you", TextOf(finals), StringComparison.OrdinalIgnoreCase);
        Assert.All(finals, final => Assert.Equal(JsonValueKind.Null, final.GetProperty("latency_ms").ValueKind));
        Assert.All(finals, final => Assert.NotEqual(0, final.GetProperty("words").GetArrayLength()));
        foreach (JsonElement final in finals)
        {
            int segment = final.GetProperty("segment").GetInt32();
            string before = string.Empty;
            int revision = 0;
            foreach (JsonElement partial in Of(events, "partial").Where(partial => partial.GetProperty("segment").GetInt32() == segment))
            {
                Assert.Equal(++revision, partial.GetProperty("rev").GetInt32());
                string committed = partial.GetProperty("committed").GetString()!;
                Assert.StartsWith(before, committed, StringComparison.Ordinal);
                before = committed;
            }

            Assert.StartsWith(before, final.GetProperty("text").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Listen_SameFileTwice_SaysTheSameTwice()
    {
        ProgramRun run = await ProgramRun.RunAsync("listen", "--input", BundledClip.Path, "--input", BundledClip.Path, "--pace", "0", "--json", "--language", "en");

        string[] texts = [.. Of(Events(run.Out), "final").Select(final => final.GetProperty("text").GetString()!)];
        Assert.True(texts.Length > 1 && texts.Length % 2 == 0);
        Assert.Equal(texts[..(texts.Length / 2)], texts[(texts.Length / 2)..]);
        Assert.Equal(Enumerable.Range(0, texts.Length), Of(Events(run.Out), "final").Select(final => final.GetProperty("segment").GetInt32()));
    }

    [Fact]
    public async Task Listen_RawSamplesOnStandardInput_AreHeard()
    {
        if (!Shell.Has("ffmpeg"))
        {
            Assert.Skip("ffmpeg is not installed");
        }

        string text = await Shell.ReadAsync(
            $"ffmpeg -v error -i '{BundledClip.Path}' -f s16le -ac 2 -ar 48000 - | '{ProgramRun.ProgramPath}' listen --source stdin --raw-rate 48000 --raw-channels 2 --pace 0");
        Assert.Contains("fellow Americans", text, StringComparison.Ordinal);
        Assert.Contains("your country", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_Interrupted_StillSaysWhatWasHeardAndEnds()
    {
        ProgramRun run = await ProgramRun.RunAsync(new ProgramCall("listen", "--input", BundledClip.Path, "--json")
        {
            WhileRunning = async process =>
            {
                await Task.Delay(TimeSpan.FromSeconds(6));
                await Shell.TryRunAsync("kill", "-INT", $"{process.Id}");
            },
        });

        Assert.Equal(130, run.Code);
        JsonElement[] events = Events(run.Out);
        Assert.Contains("fellow Americans", TextOf(Of(events, "final")), StringComparison.Ordinal);
        Assert.Equal("ended", events[^1].GetProperty("state").GetString());
        Assert.All(Of(events, "final"), final => Assert.NotEqual(JsonValueKind.Null, final.GetProperty("latency_ms").ValueKind));
    }

    [Fact]
    public async Task Listen_PushToTalk_HearsOnlyWhileItIsPressed()
    {
        ProgramRun run = await ProgramRun.RunAsync(new ProgramCall("listen", "--input", BundledClip.Path, "--pace", "4", "--mode", "push-to-talk", "--json")
        {
            Input = "press\n"u8.ToArray(),
        });
        ProgramRun unpressed = await ProgramRun.RunAsync("listen", "--input", BundledClip.Path, "--pace", "4", "--mode", "push-to-talk", "--json");

        Assert.Contains("your country", TextOf(Of(Events(run.Out), "final")), StringComparison.Ordinal);
        Assert.Single(Of(Events(run.Out), "final"));
        Assert.Empty(Of(Events(unpressed.Out), "final"));
    }

    [Fact]
    public async Task Listen_Muted_HearsNothing()
    {
        ProgramRun run = await ProgramRun.RunAsync("listen", "--input", BundledClip.Path, "--pace", "0", "--muted", "--json");

        Assert.Equal(0, run.Code);
        Assert.Equal(["muted", "ended"], Events(run.Out).Select(told => told.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Listen_Phrase_PublishesOnlyWhatFollows()
    {
        ProgramRun run = await ProgramRun.RunAsync("listen", "--input", BundledClip.Path, "--pace", "0", "--language", "en", "--phrase", "fellow Americans");

        Assert.DoesNotContain("fellow", run.Out, StringComparison.Ordinal);
        Assert.Equal(0, run.Code);
    }

    [Fact]
    public async Task Listen_Save_KeepsSegmentsAndTextsForThisUserAlone()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("listen-");
        try
        {
            ProgramRun run = await ProgramRun.RunAsync("listen", "--input", BundledClip.Path, "--pace", "0", "--save", folder.FullName);

            Assert.Equal(0, run.Code);
            DirectoryInfo kept = Assert.Single(folder.GetDirectories());
            Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, kept.UnixFileMode);
            FileInfo[] files = kept.GetFiles();
            Assert.All(files, file => Assert.Equal(OwnerOnly, file.UnixFileMode));
            string[] texts = await File.ReadAllLinesAsync(Path.Combine(kept.FullName, "transcript.jsonl"), TestContext.Current.CancellationToken);
            Assert.Equal(run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), texts.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()));
            FileInfo[] waves = [.. files.Where(file => file.Extension == ".wav")];
            Assert.Equal(texts.Length, waves.Length);
            ProgramRun again = await ProgramRun.RunAsync("transcribe", waves.OrderByDescending(wave => wave.Length).First().FullName);
            Assert.Matches("country|Americans", again.Out);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Listen_WithoutSave_LeavesNothingOnDisk()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("listen-");
        try
        {
            Dictionary<string, string?> variables = new() { ["TMPDIR"] = folder.FullName, ["HOME"] = folder.FullName, ["XDG_STATE_HOME"] = folder.FullName };
            ProgramRun run = await ProgramRun.RunAsync(new ProgramCall("--verbose", "listen", "--input", BundledClip.Path, "--pace", "0", "--json") { Variables = variables, Folder = folder.FullName });

            Assert.Contains("country", run.Out, StringComparison.Ordinal);
            foreach (FileInfo file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                byte[] bytes = await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken);
                Assert.True(bytes.AsSpan().IndexOf("country"u8) < 0, file.FullName);
            }

            Assert.DoesNotContain("country", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Listen_NoMicrophone_IsNotAvailable()
    {
        ProgramRun run = await ProgramRun.RunAsync("listen", "--device", "hw:CARD=NoSuchCardHere");

        Assert.Equal(69, run.Code);
        Assert.StartsWith("appliance listen: no microphone", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(66, "no such file", "--input", "/nowhere/x.wav")]
    [InlineData(2, "there is no model", "--input", "CLIP", "--model", "nosuchmodel")]
    [InlineData(2, "nothing to play", "--source", "file")]
    public async Task Listen_WhatCannotBeUsed_IsOneLine(int code, string expected, params string[] arguments)
    {
        ProgramRun run = await ProgramRun.RunAsync(["listen", .. arguments.Select(argument => argument == "CLIP" ? BundledClip.Path : argument)]);

        Assert.Equal(code, run.Code);
        Assert.Empty(run.Out);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Listen_SourceAutoWithoutMicrophone_SaysSoAndPlaysTheClip()
    {
        if (Directory.Exists("/proc/asound") && File.ReadAllText("/proc/asound/cards").Contains('[', StringComparison.Ordinal))
        {
            Assert.Skip("this machine has a sound card");
        }

        ProgramRun run = await ProgramRun.RunAsync("listen", "--source", "auto", "--pace", "0", "--json");
        Assert.Equal(0, run.Code);
        Assert.Contains("no microphone", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.All(Events(run.Out), told => Assert.Equal("file", told.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task Listen_ListDevices_IsADocument()
    {
        ProgramRun run = await ProgramRun.RunAsync("listen", "--list-devices", "--json");
        Assert.Equal(0, run.Code);
        Assert.Equal(JsonValueKind.Array, JsonDocument.Parse(run.Out).RootElement.ValueKind);
    }

    [Fact]
    public async Task Listen_OnATerminal_ShowsTheLevelAndPartialsDim()
    {
        if (!Shell.Has("script"))
        {
            Assert.Skip("the program script is not installed (package bsdutils)");
        }

        string seen = await Shell.ReadAsync(
            $"unset NO_COLOR; export TERM=xterm-256color LANG=C.UTF-8; script -qec \"'{ProgramRun.ProgramPath}' listen --input '{BundledClip.Path}' --pace 2\" /dev/null </dev/null");

        Assert.Contains("\u001b[2m", seen, StringComparison.Ordinal);
        Assert.True(Meter().Matches(seen).Select(match => match.Length).Distinct().Count() > 3, "the level does not move");
        Assert.Matches(@"\r\n?And so[^\r\n\u001b]*fellow Americans|\u001b\[2KAnd so[^\r\n\u001b]*fellow Americans", seen);
        Assert.EndsWith("\r\u001b[2K", seen, StringComparison.Ordinal);
    }

    private static JsonElement[] Events(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static JsonElement[] Of(JsonElement[] events, string type) => [.. events.Where(told => told.GetProperty("type").GetString() == type)];

    private static string TextOf(JsonElement[] finals) => string.Join(' ', finals.Select(final => final.GetProperty("text").GetString()));

    [GeneratedRegex("━+")]
    private static partial Regex Meter();
}
