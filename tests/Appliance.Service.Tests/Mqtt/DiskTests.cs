using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Appliance.Testing;
using Microsoft.Data.Sqlite;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>A disk that is full, and what is left on one.</summary>
public sealed class DiskTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Disk_Full_IsAnsweredFromMemoryAndGetsOverIt()
    {
        string state = _folder["small"];
        Directory.CreateDirectory(state);
        Assert.SkipUnless(Environment.UserName == "root" && await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", state) == 0, "no small disk can be mounted here: run the tests as root");
        try
        {
            using Mosquitto broker = Mosquitto.Started();
            Dictionary<string, string> settings = NodeProcess.At(broker);
            settings["APPLIANCE_STORAGE__DIRECTORY"] = state;
            using NodeProcess node = new("full", settings);
            await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/full/#");
            node.Start();
            await node.WaitForLogAsync("connected to the broker", Limit);
            await probe.SendAsync("edge/full/cmd/generate", Requests.Generate("running", steps: 100));
            await probe.WaitForAsync(seen => seen.IsEnvelopeOf("running") && seen.Type == "progress", Limit);
            Fill(Path.Combine(state, "filler"));

            // what runs delivers its result all the same, what is new is answered
            await probe.SendAsync("edge/full/cmd/generate", Requests.Generate("refused", replyTo: "edge/full/reply/x"));
            Probe.Seen refused = await probe.WaitForAsync(seen => seen.Topic == "edge/full/reply/x", Limit);
            Assert.Equal(("failed", "disk_full", true), (refused.Type, refused.Json!["error"]!["code"]!.GetValue<string>(), refused.Json["error"]!["retryable"]!.GetValue<bool>()));
            Assert.Equal("result", (await probe.OutcomeAsync("running", Limit))["type"]!.GetValue<string>());
            await probe.WaitForAsync(seen => seen.Topic == "edge/full/state" && seen.Text.Contains("disk_full", StringComparison.Ordinal), Limit);

            File.Delete(Path.Combine(state, "filler"));
            await probe.SendAsync("edge/full/cmd/generate", Requests.Generate("again"));
            Assert.Equal("result", (await probe.OutcomeAsync("again", Limit))["type"]!.GetValue<string>());
            Assert.True(node.IsRunning);
        }
        finally
        {
            await RunAsync("umount", state);
        }
    }

    [Fact]
    public async Task Disk_AfterAll_HoldsNothingOfWhatWasSaid()
    {
        using Mosquitto broker = Mosquitto.Started();
        Dictionary<string, string> settings = NodeProcess.At(broker);
        settings["APPLIANCE_CAPTURE__SOURCE"] = "auto";
        using NodeProcess node = new("quiet", settings);
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/quiet/#");
        node.Start();
        await probe.WaitForAsync(seen => seen.Topic == "edge/quiet/transcript" && seen.Text.Contains("country", StringComparison.Ordinal), Limit);
        await probe.SendAsync("edge/quiet/cmd/transcribe", Requests.Transcribe("said", seconds: 4));
        JsonObject outcome = await probe.OutcomeAsync("said", Limit);
        Assert.Contains("fellow", outcome["data"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        await Wait.UntilAsync(() => probe.All.Any(seen => seen.Topic == "edge/quiet/state" && seen.Json!["mic"]!.GetValue<string>() == "ended"), Limit, () => node.Log);
        Assert.Equal(0, await node.StopAsync(TimeSpan.FromSeconds(50)));
        Assert.True(Holds(node.StateDirectory, "fellow"), "the outcome is kept for ten minutes");

        // ten minutes pass
        using (SqliteConnection database = new($"Data Source={Path.Combine(node.StateDirectory, "appliance.db")};Pooling=false"))
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = "UPDATE jobs SET finished = finished - 601000";
            command.ExecuteNonQuery();
        }

        node.Set("APPLIANCE_CAPTURE__SOURCE", "alsa");
        node.Start();
        await Wait.UntilAsync(() => !Holds(node.StateDirectory, "fellow"), Limit, () => node.Log);
        Assert.Equal(0, await node.StopAsync(TimeSpan.FromSeconds(50)));
        Assert.False(Holds(node.StateDirectory, "fellow") || Holds(node.StateDirectory, "country"));
        Assert.DoesNotContain("fellow", node.Log, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(node.StateDirectory, "*.db"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private static bool Holds(string folder, string text) =>
        Directory.GetFiles(folder, "appliance.db*").Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private static void Fill(string file)
    {
        using FileStream stream = new(file, FileMode.Create);
        byte[] block = new byte[4096];
        try
        {
            while (true)
            {
                stream.Write(block);
                stream.Flush();
            }
        }
        catch (IOException)
        {
            // it is full
        }
    }

    private static async Task<int> RunAsync(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
