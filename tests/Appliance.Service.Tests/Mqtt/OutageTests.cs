using Microsoft.Data.Sqlite;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>A broker that was away for a day: what is history goes to the backlog, what is over is not told, results come.</summary>
public sealed class OutageTests
{
    private const long Day = 24 * 3600 * 1000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Broker_AwayForADay_GetsHistoryAsHistoryAndNoOldButton()
    {
        using Mosquitto broker = new();
        Dictionary<string, string> settings = NodeProcess.At(broker);
        settings["APPLIANCE_CAPTURE__SOURCE"] = "auto";
        using NodeProcess node = new("away", settings);
        node.Start();

        // the bundled clip is heard while there is no broker
        string file = Path.Combine(node.StateDirectory, "appliance.db");
        await Wait.UntilAsync(() => Count(file, "class = 'Transcript'") >= 4, Limit, () => node.Log);
        Assert.Equal(0, await node.StopAsync(TimeSpan.FromSeconds(50)));

        // a day passes, and somebody had pressed the button; a result of then waits too
        using (SqliteConnection database = new($"Data Source={file};Pooling=false"))
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = $$$"""
                INSERT INTO outbox (class, topic, payload, retain, expiry, created) SELECT 'Event', 'edge/away/event/button', '{"event_type":"press"}', 0, 30, created FROM outbox LIMIT 1;
                INSERT INTO outbox (class, topic, payload, retain, expiry, job, seq, created) SELECT 'Result', 'edge/away/job/old/result', '{"id":"old","type":"result","seq":3}', 1, 3600, 'old', 3, created FROM outbox LIMIT 1;
                UPDATE outbox SET created = created - {{{Day}}};
                """;
            command.ExecuteNonQuery();
        }

        broker.Start();
        await using Probe probe = await Probe.ConnectAsync(broker.Port, "edge/away/#");
        node.Set("APPLIANCE_CAPTURE__SOURCE", "alsa");
        node.Start();
        await probe.WaitForAsync(seen => seen is { Topic: "edge/away/job/old/result", Type: "result" }, Limit);
        await Wait.UntilAsync(() => Count(file, "1 = 1") == 0, Limit, () => node.Log);

        Probe.Seen[] late = [.. probe.All.Where(seen => seen.Topic == "edge/away/transcript/backlog")];
        Assert.True(late.Length >= 4);
        Assert.All(late, seen => Assert.True(seen.Json!["age_ms"]!.GetValue<long>() >= Day));
        Assert.Equal(late.Select(seen => seen.Json!["seq"]!.GetValue<long>()).Order(), late.Select(seen => seen.Json!["seq"]!.GetValue<long>()));
        Assert.DoesNotContain(probe.All, seen => seen.Topic is "edge/away/transcript" or "edge/away/event/button");
        Assert.Equal(3600u, probe.All.First(seen => seen.Topic == "edge/away/job/old/result").Expiry);
    }

    private static long Count(string file, string where)
    {
        if (!File.Exists(file))
        {
            return 0;
        }

        try
        {
            using SqliteConnection database = new($"Data Source={file};Mode=ReadOnly;Pooling=false");
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM outbox WHERE {where}";
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // it is being made
            return 0;
        }
    }
}
