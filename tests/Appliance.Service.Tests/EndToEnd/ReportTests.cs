using System.Text.Json;
using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>The verbs that report.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task Doctor_ThisMachine_FindsNoFault()
    {
        ProgramRun run = await ProgramRun.RunAsync("doctor", "--json");

        using JsonDocument document = JsonDocument.Parse(run.Out);
        JsonElement[] checks = [.. document.RootElement.GetProperty("checks").EnumerateArray()];
        Assert.DoesNotContain(checks, check => check.GetProperty("state").GetString() == "fail");
        Assert.Equal(0, run.Code);
        Assert.True(document.RootElement.GetProperty("ok").GetBoolean());
        Assert.Contains(checks, check => check.GetProperty("check").GetString() == "speech-model");
    }

    [Fact]
    public async Task Doctor_NothingThere_SaysHowToMendIt()
    {
        string empty = Directory.CreateTempSubdirectory("appliance-test-").FullName;
        ProgramRun run = await ProgramRun.RunAsync(new ProgramCall("doctor")
        {
            Variables = new Dictionary<string, string?>
            {
                ["APPLIANCE_NATIVE_DIRECTORY"] = empty,
                ["APPLIANCE_MODELS__ROOTS"] = Path.Combine(empty, "none"),
                ["APPLIANCE_SPEECH__BEEMSIZE"] = "1",
                ["PATH"] = empty,
            },
        });

        Directory.Delete(empty);
        Assert.Equal(1, run.Code);
        string[][] lines = [.. run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        Assert.Contains(lines, line => line[0] == "fail" && line[1] == "library" && line[3].Contains("cmake", StringComparison.Ordinal));
        Assert.Contains(lines, line => line[0] == "fail" && line[1] == "configuration" && line[3].Contains("beamSize", StringComparison.Ordinal));
        Assert.Contains(lines, line => line[0] == "warn" && line[1] == "ffmpeg" && line[3] == "apt-get install ffmpeg");
        Assert.All(lines.Where(line => line[0] != "ok"), line => Assert.NotEqual("", line[3]));
    }

    [Fact]
    public async Task SelfTest_ThisMachine_Passes()
    {
        ProgramRun run = await ProgramRun.RunAsync("selftest", "--json");

        using JsonDocument document = JsonDocument.Parse(run.Out);
        JsonElement[] tests = [.. document.RootElement.GetProperty("tests").EnumerateArray()];
        Assert.All(tests, test => Assert.True(test.GetProperty("passed").GetBoolean(), test.GetRawText()));
        Assert.Equal(0, run.Code);
        Assert.Contains(tests, test => test.GetProperty("test").GetString() == "transcription");
        Assert.Contains(tests, test => test.GetProperty("test").GetString() == "log-mel-128-scalar");
    }

    [Fact]
    public async Task ModelsList_ThisTree_ShowsTheEmbeddedModels()
    {
        ProgramRun run = await ProgramRun.RunAsync("models", "list");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains(run.Out.Split('\n'), line => line.StartsWith("whisper-base\twhisper\t", StringComparison.Ordinal));
        Assert.Contains(run.Out.Split('\n'), line => line.StartsWith("silero-vad\tvad\t", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ModelsAddAndRemove_Pack_ComesAndGoes()
    {
        string pack = SharedFolder.Require("golden", "speech", "tiny-random", "merged-fp32");
        string root = Directory.CreateTempSubdirectory("appliance-test-").FullName;
        Dictionary<string, string?> variables = new() { ["APPLIANCE_MODELS__ROOTS"] = root };

        ProgramRun added = await ProgramRun.RunAsync(new ProgramCall("models", "add", pack, "--name", "tiny") { Variables = variables });
        ProgramRun again = await ProgramRun.RunAsync(new ProgramCall("models", "add", pack, "--name", "tiny") { Variables = variables });
        ProgramRun shown = await ProgramRun.RunAsync(new ProgramCall("models", "show", "tiny", "--json") { Variables = variables });
        ProgramRun removed = await ProgramRun.RunAsync(new ProgramCall("models", "remove", "tiny") { Variables = variables });

        Assert.Equal((0, ""), (added.Code, added.Error));
        Assert.Equal(2, again.Code);
        Assert.Equal("whisper", JsonDocument.Parse(shown.Out).RootElement.GetProperty("kind").GetString());
        Assert.Equal((0, "tiny\n"), (removed.Code, removed.Out));
        Assert.Empty(Directory.GetFileSystemEntries(root));
        Directory.Delete(root);
    }

    [Fact]
    public async Task Version_IsPrinted()
    {
        ProgramRun run = await ProgramRun.RunAsync("--version");

        Assert.Equal((0, "appliance 0.1.0\n", ""), (run.Code, run.Out, run.Error));
    }
}
