using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>The built service is killed at random moments: every accepted job has one outcome, and no number says two things.</summary>
public sealed class KillTests
{
    private const int ShortRounds = 10;
    private const int FullRounds = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Node_KilledAtRandom_LosesNoAcceptedJobAndNoResult()
    {
        bool isFull = Environment.GetEnvironmentVariable("APPLIANCE_TEST_FULL") is { Length: > 0 };
        int rounds = isFull ? FullRounds : ShortRounds;
        using Mosquitto broker = Mosquitto.Started();
        using NodeProcess node = new("victim", NodeProcess.At(broker));
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/victim/#");
        List<string> ids = [];
        for (int round = 0; round < rounds; round++)
        {
            node.Start();
            int starts = round + 1;
            await Wait.UntilAsync(() => probe.All.Count(seen => seen is { Topic: "edge/victim/availability", Text: "online" }) >= starts, Limit, () => node.Log);
            for (int i = 0; i < 3; i++)
            {
                string id = $"r{round}-{i}";
                ids.Add(id);
                await (i == 1
                    ? probe.SendAsync("edge/victim/cmd/transcribe", Requests.Transcribe(id))
                    : probe.SendAsync("edge/victim/cmd/generate", Requests.Generate(id, steps: 2 + RandomNumberGenerator.GetInt32(8), seed: round)));
            }

            await Wait.PauseAsync(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(900)));
            node.Kill();
        }

        // the last start takes up what was left
        node.Start();
        string[] accepted = [.. ids.Where(id => probe.All.Any(seen => seen.IsEnvelopeOf(id) && seen.Type == "accepted"))];
        Assert.True(accepted.Length > ids.Count / 3, "killed before it could accept anything");
        await Wait.UntilAsync(() => ids.All(id => OutcomesOf(probe, id).Length > 0), Limit,
            () => "without an outcome: " + string.Join(", ", ids.Where(id => OutcomesOf(probe, id).Length == 0)) + "\n" + node.Log);

        // a repeat of QoS 1 is the same bytes; two different ones under a number, or two outcomes, are a fault
        Dictionary<(string Id, long Number), string> said = [];
        foreach (Probe.Seen seen in probe.All.Where(seen => ids.Any(seen.IsEnvelopeOf)))
        {
            JsonObject envelope = seen.Json!;
            (string, long) key = (envelope["id"]!.GetValue<string>(), envelope["seq"]!.GetValue<long>());
            Assert.True(said.TryAdd(key, seen.Text) || said[key] == seen.Text, $"two envelopes under {key}:\n{said[key]}\n{seen.Text}");
        }

        Assert.All(ids, id => Assert.Single(OutcomesOf(probe, id)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds} rounds, {ids.Count} jobs, {accepted.Length} seen accepted, {said.Count} envelopes");
    }

    private static string[] OutcomesOf(Probe probe, string id) =>
        [.. probe.All.Where(seen => seen.IsEnvelopeOf(id) && seen.Type is "result" or "failed" or "cancelled").Where(seen => seen.IsEnvelopeOf(id)).Select(seen => seen.Text).Distinct()];
}
