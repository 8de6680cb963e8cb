using Appliance.Speech.Capture;
using Appliance.Speech.Listening;

namespace Appliance.Speech.Tests.Listening;

/// <summary>A source by the clock and a recogniser that stands still until a test lets it go.</summary>
public sealed class OverloadTests : IDisposable
{
    private const float Loud = 0.3f;
    private const float Still = 0.0001f;

    private readonly ManualResetEventSlim _gate = new();
    private readonly ScriptedRecognizer _own = new();
    private readonly ScriptedRecognizer _fallback = new("fallback");
    private readonly ScriptedAudio _audio = new(TimeProvider.System, isPaced: true);
    private readonly List<ListenEvent> _events = [];

    [Fact]
    public void Run_AlmostFiveMinutesBehind_LosesNothing()
    {
        int segments = Play(290);

        Assert.Equal(segments, _events.OfType<FinalEvent>().Count());
        Assert.Empty(_events.OfType<GapEvent>());
    }

    [Fact]
    public void Run_MoreThanTheBacklog_GivesUpTheOldestAudio_AndAccountsForIt()
    {
        int segments = Play(600);

        GapEvent[] gaps = [.. _events.OfType<GapEvent>()];
        FinalEvent[] finals = [.. _events.OfType<FinalEvent>()];
        Assert.Equal(segments, gaps.Length + finals.Length);
        Assert.All(gaps, gap => Assert.Equal(GapReason.Overload, gap.Reason));
        Assert.NotEmpty(gaps);

        // the newest five minutes are all there
        Assert.All(gaps, gap => Assert.True(gap.Start < 300, $"{gap.Start} s was given up"));
    }

    [Fact]
    public void Run_Behind_SaysSoAndSaysWhatIsDone()
    {
        Play(60);

        Assert.Equal(["fewer_partials", "no_partials", "fallback_model"], _events.OfType<BacklogEvent>().Select(backlog => backlog.Measure).Distinct());
        Assert.True(_events.OfType<BacklogEvent>().Max(backlog => backlog.Seconds) > 40);

        // intervals narrow again only after several partials in time
        BacklogEvent last = _events.OfType<BacklogEvent>().Last();
        Assert.Equal((0, "fewer_partials"), (last.Seconds, last.Measure));
    }

    [Fact]
    public void Run_FarBehind_TheSmallerModelTakesOver_AndHandsBack()
    {
        Play(60);

        Assert.Contains(_fallback.Calls, call => call.StartsWith("finish", StringComparison.Ordinal));
        Assert.StartsWith("finish", _own.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_APartialThatIsLate_GivesWayToTheFinal()
    {
        using ManualResetEventSlim running = new();
        bool wasCancelled = false;
        _own.OnUpdate = (_, cancellationToken) =>
        {
            running.Set();
            wasCancelled = cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
        };
        _audio.Samples(Still, 1).Samples(Loud, 2).Samples(Still, 2);
        _audio.BeforeStep = left =>
        {
            if (left == 25)
            {
                Assert.True(running.Wait(TimeSpan.FromSeconds(30)));
            }
        };

        using Listener listener = Create(hasFallback: false);
        listener.Run(_audio, _events.Add, CancellationToken.None);

        Assert.True(wasCancelled);
        Assert.Single(_events.OfType<FinalEvent>());
        Assert.Empty(_events.OfType<PartialEvent>());
    }

    [Fact]
    public void Run_RealTime_TellsTheLatency()
    {
        _gate.Set();
        Play(10);

        Assert.All(_events.OfType<FinalEvent>(), final => Assert.True(final.LatencyMs >= 0));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(9, 8)]
    public void PartialDue_Late_WidensTheInterval(int late, int interval)
    {
        OverloadPolicy policy = new(hasFallback: false);
        for (int i = 0; i < late; i++)
        {
            policy.PartialDue(false);
        }

        Assert.Equal((interval, OverloadMeasure.FewerPartials), (policy.Interval, policy.Measure));
    }

    [Fact]
    public void PartialDue_InTimeForAWhile_NarrowsTheIntervalAgain()
    {
        OverloadPolicy policy = new(hasFallback: false);
        policy.PartialDue(false);
        for (int i = 0; i < 6; i++)
        {
            policy.PartialDue(true);
        }

        Assert.Equal((1, OverloadMeasure.None), (policy.Interval, policy.Measure));
    }

    [Fact]
    public void Behind_TakesOneMeasureAfterTheOther_AndLetsGoWellBelow()
    {
        OverloadPolicy policy = new(hasFallback: true);
        List<OverloadMeasure> measures = [];
        foreach (double seconds in (double[])[0, 1.9, 2.1, 9, 11, 5, 1.5, 0.9, 0.6, 0.4])
        {
            policy.Behind(seconds);
            measures.Add(policy.Measure);
        }

        Assert.Equal(
            [OverloadMeasure.None, OverloadMeasure.None, OverloadMeasure.NoPartials, OverloadMeasure.NoPartials, OverloadMeasure.FallbackModel,
            OverloadMeasure.FallbackModel, OverloadMeasure.FallbackModel, OverloadMeasure.NoPartials, OverloadMeasure.NoPartials, OverloadMeasure.None],
            measures);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _audio.Dispose();
        _own.Dispose();
        _fallback.Dispose();
    }

    /// <summary>Plays utterances of two seconds, each followed by two of silence, while recognition stands still; then lets it go, and plays one more.</summary>
    /// <returns>Utterances.</returns>
    private int Play(int seconds)
    {
        bool isAfter = false;

        // no partial is in time either
        _own.OnUpdate = (_, cancellationToken) => WaitHandle.WaitAny([cancellationToken.WaitHandle, _gate.WaitHandle]);
        _own.OnFinish = _ => _gate.Wait();
        _fallback.OnFinish = _ => _gate.Wait();
        _audio.Samples(Still, 2);
        for (int i = 0; i < seconds / 4; i++)
        {
            _audio.Samples(Loud, 2).Samples(Still, 2);
        }

        // the source goes on while what has piled up is worked off
        _audio.Samples(Still, 1).Tell(CaptureEvent.Idle);
        _audio.BeforeStep = left =>
        {
            if (left == 1)
            {
                _gate.Set();
            }
            else if (left == 0 && !IsCaughtUp(seconds / 4))
            {
                _audio.Tell(CaptureEvent.Idle);
                Thread.Yield();
            }
            else if (left == 0 && !isAfter)
            {
                // one more utterance, with nothing else to do
                isAfter = true;
                _audio.Tell(CaptureEvent.Idle).Samples(Loud, 2).Samples(Still, 2);
            }
        };
        using Listener listener = Create(hasFallback: true);
        listener.Run(_audio, Add, CancellationToken.None);
        return (seconds / 4) + 1;
    }

    private bool IsCaughtUp(int segments)
    {
        lock (_events)
        {
            return _events.Count(told => told is FinalEvent or GapEvent) >= segments;
        }
    }

    private void Add(ListenEvent listenEvent)
    {
        lock (_events)
        {
            _events.Add(listenEvent);
        }
    }

    private Listener Create(bool hasFallback) => new(
        new ListenerParts { Model = null! },
        new ListenOptions(),
        new RecognizerChoice(_own, hasFallback ? () => _fallback : null));
}
