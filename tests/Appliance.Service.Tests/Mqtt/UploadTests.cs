using System.Text.Json.Nodes;
using Appliance.Testing;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>A long upload runs while the microphone speaks: live texts come as soon as ever, but for one window.</summary>
public sealed class UploadTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1200);

    [Fact]
    public async Task LongUpload_WhileSomebodySpeaks_CostsAtMostOneWindow()
    {
        double minutes = Environment.GetEnvironmentVariable("APPLIANCE_TEST_FULL") is { Length: > 0 } ? 60 : 6;
        using TemporaryFolder folder = new();
        string speech = folder.Write("speech.wav", Requests.Wave(44));
        using Mosquitto broker = Mosquitto.Started();
        double[] alone = await LatenciesAsync(broker, "alone", speech, null);
        (double windowMs, double[] beside) = (0, []);
        using (NodeProcess node = Node(broker, "beside", speech))
        {
            // the upload is there and being worked on when somebody begins to speak
            await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/beside/#");
            node.Start();
            await node.WaitForLogAsync("connected to the broker", Limit);
            await probe.SendAsync("edge/beside/cmd/listen", """{"params":{"action":"stop"}}""");
            await probe.SendAsync("edge/beside/cmd/transcribe", """{"id":"hour","params":{"language":"en"},"audio":{"stream":"hour","codec":"pcm","rate":16000,"width":2,"channels":1}}""");
            await probe.WaitForAsync(seen => seen.IsEnvelopeOf("hour") && seen.Type == "accepted", Limit);
            await Chunks.SendAsync(probe, "edge/beside/audio/in/hour", Requests.Samples(minutes * 60));
            await probe.WaitForAsync(seen => seen.IsEnvelopeOf("hour") && seen.Type == "progress", Limit);
            windowMs = WindowMs(probe);
            probe.Forget();
            await probe.SendAsync("edge/beside/cmd/listen", """{"params":{"action":"start"}}""");
            beside = await CollectAsync(probe, "beside");
            Assert.DoesNotContain(probe.All, seen => seen.IsEnvelopeOf("hour") && seen.Type is "failed");
        }

        double rise = Median(beside) - Median(alone);
        TestContext.Current.TestOutputHelper?.WriteLine($"final latency p50 {Median(alone):0} ms alone, {Median(beside):0} ms beside an upload of {minutes:0} min; a window takes about {windowMs:0} ms");
        Assert.True(rise <= 5 * windowMs, $"{Median(alone):0} ms alone, {Median(beside):0} ms beside the upload, a window takes {windowMs:0} ms");
    }

    private static NodeProcess Node(Mosquitto broker, string name, string speech)
    {
        Dictionary<string, string> settings = NodeProcess.At(broker);
        settings["APPLIANCE_CAPTURE__SOURCE"] = "file";
        settings["APPLIANCE_CAPTURE__FILE"] = speech;
        return new NodeProcess(name, settings);
    }

    private static async Task<double[]> LatenciesAsync(Mosquitto broker, string name, string speech, Func<Probe, Task>? meanwhile)
    {
        using NodeProcess node = Node(broker, name, speech);
        await using Probe probe = await Probe.ConnectAsync(broker.Port, $"edge/{name}/#");
        node.Start();
        await (meanwhile?.Invoke(probe) ?? Task.CompletedTask);
        return await CollectAsync(probe, name);
    }

    private static async Task<double[]> CollectAsync(Probe probe, string name)
    {
        await probe.WaitForAsync(seen => seen.Topic == $"edge/{name}/state" && seen.Json!["mic"]!.GetValue<string>() == "capturing", Limit);
        await probe.WaitForAsync(seen => seen.Topic == $"edge/{name}/state" && seen.Json!["mic"]!.GetValue<string>() == "ended" && probe.All.Any(other => other.Topic == $"edge/{name}/transcript"), Limit);
        await Wait.PauseAsync(TimeSpan.FromSeconds(1));
        return [.. probe.All.Where(seen => seen.Topic == $"edge/{name}/transcript").Select(seen => seen.Json!["latency_ms"]?.GetValue<double>()).OfType<double>()];
    }

    /// <summary>Time of a 30 s window, from the progress of the job so far.</summary>
    private static double WindowMs(Probe probe)
    {
        JsonObject progress = probe.All.Last(seen => seen.IsEnvelopeOf("hour") && seen.Type == "progress").Json!;
        return progress["timing"]!["run_ms"]!.GetValue<double>() / Math.Max(1, progress["data"]!["seconds"]!.GetValue<double>() / 30);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
