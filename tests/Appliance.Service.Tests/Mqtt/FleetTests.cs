using System.Diagnostics;
using System.Text.Json.Nodes;
using Appliance.Service.Tests.EndToEnd;
using Appliance.Testing;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>Shared work of three built services on hosts of their own, over a real mosquitto; one is killed.</summary>
public sealed class FleetTests
{
    private const int ShortJobs = 30;
    private const int FullJobs = 200;
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("APPLIANCE_TEST_FULL") is { Length: > 0 };
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Submit_OneOfThreeWorkersKilled_EveryRecordingHasOneTranscript()
    {
        using Namespaces hosts = new(3);
        using Mosquitto broker = new("allow_anonymous true", $"listener PORT {hosts.Address}\nlistener PORT 127.0.0.1");
        broker.Start();
        NodeProcess[] nodes = [.. Enumerable.Range(0, 3).Select(i => Worker($"w{i}", hosts.Address, broker.Port, hosts.LauncherOf(i)))];
        using TemporaryFolder folder = new();
        try
        {
            await StartAsync(nodes);
            int count = IsFull ? FullJobs : ShortJobs;
            Write(folder, count);
            await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/fleet/reply/#", "edge/fleet/claim/#");

            // a worker dies in the middle, whatever it is doing
            int victim = Random.Shared.Next(3);
            ProgramRun run = await SubmitAsync(folder, broker.Port, async _ =>
            {
                await Wait.UntilAsync(() => Directory.GetFiles(folder["out"]).Length >= count / 4, Limit, () => nodes[0].Log);
                await probe.WaitForAsync(seen => seen.Topic.StartsWith("edge/fleet/claim/", StringComparison.Ordinal) && seen.Json?["node"]?.GetValue<string>() == $"w{victim}", Limit);
                nodes[victim].Kill();
            });

            Assert.True(run.Code == 0, run.Error);
            Assert.Equal(count, Directory.GetFiles(folder["out"], "*.json").Length);
            Assert.Equal(count, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count());
            Assert.All(Directory.GetFiles(folder["out"], "*.json"), file => Assert.Contains("fellow", JsonNode.Parse(File.ReadAllText(file))!["text"]!.GetValue<string>(), StringComparison.Ordinal));
            Assert.Equal(3, probe.All.Where(seen => seen.Type == "accepted").Select(seen => seen.Json!["node"]!.GetValue<string>()).Distinct().Count());

            // a second call has nothing to do; one that is missing is asked for again, and found
            Assert.Contains("nothing is to be done", (await SubmitAsync(folder, broker.Port, null)).Error, StringComparison.Ordinal);
            TestContext.Current.TestOutputHelper?.WriteLine($"{count} recordings, worker w{victim} killed: {run.ErrorLines[^1]}");
        }
        finally
        {
            foreach (NodeProcess node in nodes)
            {
                node.Dispose();
            }
        }
    }

    [Fact]
    public async Task Submit_ThreeWorkersInsteadOfOne_IsReported()
    {
        int recordings = IsFull ? 60 : 8;
        using Mosquitto broker = Mosquitto.Started();
        List<double> seconds = [];
        foreach (int count in new[] { 1, 3 })
        {
            NodeProcess[] nodes = [.. Enumerable.Range(0, count).Select(i => Worker($"t{count}-{i}", "127.0.0.1", broker.Port, []))];
            using TemporaryFolder folder = new();
            await StartAsync(nodes);
            Write(folder, recordings);
            long started = Stopwatch.GetTimestamp();
            Assert.Equal(0, (await SubmitAsync(folder, broker.Port, null)).Code);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            foreach (NodeProcess node in nodes)
            {
                node.Dispose();
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{recordings} recordings, real inference, one thread a node, {Environment.ProcessorCount} cores for all: {seconds[0]:0.0} s with 1 node, {seconds[1]:0.0} s with 3: {seconds[0] / seconds[1]:0.00} times the throughput");
    }

    private static NodeProcess Worker(string name, string host, int port, string[] launcher) => new(name, new Dictionary<string, string>
    {
        ["APPLIANCE_MQTT__HOST"] = host,
        ["APPLIANCE_MQTT__PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["APPLIANCE_MQTT__ALLOWINSECURE"] = "true",
        ["APPLIANCE_MQTT__FLEET"] = "transcribe",
        ["APPLIANCE_INFERENCE__THREADS"] = "1",
    }, launcher);

    private static async Task StartAsync(NodeProcess[] nodes)
    {
        foreach (NodeProcess node in nodes)
        {
            node.Start();
        }

        foreach (NodeProcess node in nodes)
        {
            await Wait.UntilAsync(() => node.Log.Split("connected to the broker").Length > 2, Limit, () => node.Log);
        }
    }

    /// <summary>Recordings that differ, so that each is a job of its own.</summary>
    private static void Write(TemporaryFolder folder, int count)
    {
        for (int i = 0; i < count; i++)
        {
            folder.Write($"in/r{i:000}.wav", Requests.Wave(2.4 + (i * 0.01)));
        }

        Directory.CreateDirectory(folder["out"]);
    }

    private static Task<ProgramRun> SubmitAsync(TemporaryFolder folder, int port, Func<Process, Task>? whileRunning) =>
        ProgramRun.RunAsync(new ProgramCall("--verbose", "fleet", "submit", folder["in"], "--output", folder["out"], "--language", "en", "--broker", $"127.0.0.1:{port}") { WhileRunning = whileRunning });
}
