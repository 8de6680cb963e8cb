using System.Diagnostics;
using System.Text.Json.Nodes;
using Appliance.Service.Tests.Mqtt;
using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>The verb <c>setup</c> of the built program.</summary>
public sealed class SetupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["appliance.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Setup_WithABroker_TriesItAndKeepsOtherKeys()
    {
        using Mosquitto broker = Mosquitto.Started();
        _folder.Write("appliance.json", """{ "speech": { "language": "de" }, /* mine */ "mqtt": { "base": "house" } }""");
        ProgramRun run = await RunAsync("--broker", $"127.0.0.1:{broker.Port}", "--node", "kitchen");

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("answers", run.Error, StringComparison.Ordinal);
        JsonObject written = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();
        Assert.Equal(("de", "house", "127.0.0.1", "kitchen"), (written["speech"]!["language"]!.GetValue<string>(), written["mqtt"]!["base"]!.GetValue<string>(), written["mqtt"]!["host"]!.GetValue<string>(), written["node"]!["name"]!.GetValue<string>()));
        Assert.Equal(0, (await ProgramRun.RunAsync("--config", File, "config", "check")).Code);

        ProgramRun back = await RunAsync("--embedded");
        Assert.Equal(0, back.Code);
        Assert.Null(JsonNode.Parse(System.IO.File.ReadAllText(File))!["mqtt"]!["host"]);
    }

    [Theory]
    [InlineData(69, "no broker answers", "--broker", "127.0.0.1:1")]
    [InlineData(78, "is another machine", "--broker", "203.0.113.1")]
    [InlineData(78, "node.name", "--node", "Not A Name")]
    [InlineData(2, "exclude each other", "--embedded", "--broker", "x")]
    [InlineData(2, "no terminal")]
    public async Task Setup_ThatWouldNotWork_WritesNothing(int code, string says, params string[] options)
    {
        _folder.Write("appliance.json", "{}");
        ProgramRun run = await RunAsync(options);
        Assert.Equal(code, run.Code);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal("{}", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task File_KilledWhileItIsWritten_IsTheOldOrTheNewOne()
    {
        int rounds = Environment.GetEnvironmentVariable("APPLIANCE_TEST_FULL") is { Length: > 0 } ? 500 : 20;
        _folder.Write("appliance.json", """{ "node": { "name": "n0" } }""");
        int changed = 0;
        string last = "n0";
        for (int round = 1; round <= rounds; round++)
        {
            ProgramCall call = new("--config", File, "setup", "--node", $"n{round}");
            using Process process = Process.Start(call.StartInfo(ProgramRun.ProgramPath))!;
            await Wait.PauseAsync(TimeSpan.FromMilliseconds(150 + Random.Shared.Next(250)));
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            string name = JsonNode.Parse(System.IO.File.ReadAllText(File))!["node"]!["name"]!.GetValue<string>();
            Assert.Contains(name, (string[])[last, $"n{round}"]);
            changed += name == last ? 0 : 1;
            last = name;
        }

        Assert.InRange(changed, 1, rounds);
        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds} rounds, {changed} of them got as far as the new file");
    }

    private Task<ProgramRun> RunAsync(params string[] options) => ProgramRun.RunAsync([.. (string[])["--config", File, "setup"], .. options]);
}
