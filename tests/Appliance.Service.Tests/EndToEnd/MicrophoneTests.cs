using System.Diagnostics;
using System.Text.Json;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Testing;
using Appliance.Testing.Microphones;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>The built program and a microphone that runs by the clock, hears the bundled clip, and is pulled out.</summary>
public sealed class MicrophoneTests
{
    private const int NoSuchDevice = 19;

    [Fact]
    public async Task Listen_MicrophonePulledOutAndBack_TellsWhatHappenedAndGoesOn()
    {
        using PacedPcm device = new(Clip());
        List<(JsonElement Event, long At)> events = [];
        long unplugged = 0;
        long replugged = 0;
        await ListenAsync(device, events, async (process, wait) =>
        {
            // in the middle of "fellow Americans"
            await wait(told => told.GetProperty("type").GetString() == "partial");
            unplugged = Stopwatch.GetTimestamp();
            device.Refuse = NoSuchDevice;
            device.Raise = NoSuchDevice;
            await wait(told => StateOf(told) == "absent");
            await wait(told => told.GetProperty("type").GetString() == "final");
            replugged = Stopwatch.GetTimestamp();
            device.Refuse = 0;
            int before = events.Count;
            await wait(told => events.Count > before && StateOf(told) == "capturing");
            int back = events.Count;
            await wait(told => events.Count > back && told.GetProperty("type").GetString() == "final" && told.GetProperty("text").GetString()!.Length > 0);
            await Shell.TryRunAsync("kill", "-INT", $"{process.Id}");
        });

        Assert.Equal("capturing", StateOf(events[0].Event));
        Assert.All(events, told => Assert.Equal("alsa", told.Event.GetProperty("source").GetString()));
        (JsonElement absent, long absentAt) = events.First(told => StateOf(told.Event) == "absent");
        Assert.InRange(Stopwatch.GetElapsedTime(unplugged, absentAt).TotalSeconds, 0, 5 * 2);
        Assert.Equal("paced", absent.GetProperty("device").GetString());
        JsonElement truncated = events.Select(told => told.Event).First(told => told.GetProperty("type").GetString() == "final");
        Assert.True(truncated.GetProperty("truncated").GetBoolean());
        JsonElement gap = events.Select(told => told.Event).First(told => told.GetProperty("type").GetString() == "gap");
        Assert.Equal("unplugged", gap.GetProperty("reason").GetString());
        (_, long backAt) = events.Last(told => StateOf(told.Event) == "capturing");
        Assert.InRange(Stopwatch.GetElapsedTime(replugged, backAt).TotalSeconds, 0, 5 * 3);
        double away = Stopwatch.GetElapsedTime(unplugged, backAt).TotalSeconds;
        Assert.InRange(gap.GetProperty("end").GetDouble() - gap.GetProperty("start").GetDouble(), away - 1, away + 1);
        Assert.Equal("ended", StateOf(events[^1].Event));
    }

    [Fact]
    public async Task Listen_Mute_StopsTheDeviceUntilItIsUnmuted()
    {
        using PacedPcm device = new(Clip());
        List<(JsonElement Event, long At)> events = [];
        await ListenAsync(device, events, async (process, wait) =>
        {
            await wait(told => StateOf(told) == "capturing");
            Assert.True(device.IsRunning);
            await process.StandardInput.WriteLineAsync("mute");
            await wait(told => StateOf(told) == "muted");
            Assert.False(device.IsRunning);
            int before = events.Count;
            await process.StandardInput.WriteLineAsync("unmute");
            await wait(told => events.Count > before && StateOf(told) == "capturing");
            await process.StandardInput.WriteLineAsync("stop");
        });

        Assert.Equal(["capturing", "muted", "capturing", "ended"], events.Select(told => StateOf(told.Event)).Where(state => state is not null));
    }

    /// <summary>Runs the program; <paramref name="meanwhile"/> gets the process and a way to wait for an event.</summary>
    private static async Task ListenAsync(
        PacedPcm device, List<(JsonElement Event, long At)> events, Func<Process, Func<Func<JsonElement, bool>, Task>, Task> meanwhile)
    {
        ProcessStartInfo start = new(ProgramRun.ProgramPath, ["listen", "--source", "alsa", "--device", "paced", "--language", "en", "--json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ALSA_CONFIG_PATH"] = device.Configuration;
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await meanwhile(process, async isMet =>
            {
                while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
                {
                    events.Add((JsonDocument.Parse(line).RootElement, Stopwatch.GetTimestamp()));
                    if (isMet(events[^1].Event))
                    {
                        return;
                    }
                }

                Assert.Fail($"it ended: {await error}");
            });
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                events.Add((JsonDocument.Parse(line).RootElement, Stopwatch.GetTimestamp()));
            }

            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string? StateOf(JsonElement told) => told.TryGetProperty("state", out JsonElement state) ? state.GetString() : null;

    /// <summary>The bundled clip and a second of silence.</summary>
    private static short[] Clip() => [.. BundledClip.ReadSamples().Select(sample => (short)(sample * 32767)), .. new short[16000]];
}
