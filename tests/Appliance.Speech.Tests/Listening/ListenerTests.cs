using Appliance.Speech.Capture;
using Appliance.Speech.Listening;
using Appliance.Speech.Recognition.Streaming;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.Listening;

/// <summary>The session around a scripted source and a scripted recogniser; voice activity is judged by level, for real.</summary>
public sealed class ListenerTests : IDisposable
{
    private const float Loud = 0.3f;
    private const float Still = 0.0001f;

    private readonly ScriptedRecognizer _recognizer = new();
    private readonly List<ListenEvent> _events = [];
    private readonly ScriptedAudio _audio = new(TimeProvider.System);

    [Fact]
    public void Run_Speech_GivesPartialsAtPlacesOfTheTimelineAndOneFinal()
    {
        Run(_audio.Tell(CaptureEvent.Present).Samples(Still, 2).Samples(Loud, 3).Samples(Still, 2));

        Assert.Equal(["begin", "update 14", "update 20", "update 25", "update 30", "update 35", "finish 39"], _recognizer.Calls);
        Assert.Equal([1, 2, 3, 4, 5], _events.OfType<PartialEvent>().Select(partial => partial.Revision));
        FinalEvent final = Assert.Single(_events.OfType<FinalEvent>());
        Assert.Equal("heard 39", final.Text);
        Assert.Equal(2, final.Start, 0.6);
        Assert.Null(final.LatencyMs);
        Assert.False(final.Truncated);
        Assert.Equal([ListenState.Capturing, ListenState.Ended], _events.OfType<StateEvent>().Select(state => state.State));
        Assert.IsType<StateEvent>(_events[^1]);
    }

    [Fact]
    public void Run_SpeechAtTheEnd_IsFinishedBeforeEnded()
    {
        Run(_audio.Samples(Still, 1).Samples(Loud, 2));

        Assert.Equal("finish 25", _recognizer.Calls[^1]);
        Assert.IsType<FinalEvent>(_events[^2]);
    }

    [Fact]
    public void Run_SilenceAlone_TellsNothing()
    {
        Run(_audio.Samples(Still, 60));

        Assert.Empty(_recognizer.Calls);
        Assert.Equal([ListenState.Ended], _events.OfType<StateEvent>().Select(state => state.State));
    }

    [Fact]
    public void Run_NothingLeftByTheFirewall_TellsWhatWasDropped_AndClosesWhatWasShown()
    {
        _recognizer.Answer = audio => new SegmentText(string.Empty, "en", audio.Start, audio.End, null, [new DroppedText(1, 2, "Thank you.", "known_phrase")]);

        Run(_audio.Samples(Still, 1).Samples(Loud, 2).Samples(Still, 2).Samples(Loud, 0.3f).Samples(Still, 2));

        Assert.Equal([0, 1], _events.OfType<DroppedEvent>().Select(dropped => dropped.Segment));
        FinalEvent only = Assert.Single(_events.OfType<FinalEvent>());
        Assert.Equal((0, string.Empty), (only.Segment, only.Text));
    }

    [Fact]
    public void Run_LongSpeech_IsCutAndContinued_AndHeldBeforeTheCut()
    {
        Run(_audio.Samples(Still, 1).Samples(Loud, 40).Samples(Still, 2));

        Assert.Contains("begin continued", _recognizer.Calls);
        Assert.Contains(_recognizer.Calls, call => call.EndsWith(" held", StringComparison.Ordinal));
        FinalEvent[] finals = [.. _events.OfType<FinalEvent>()];
        Assert.Equal(2, finals.Length);
        Assert.Equal(finals[0].End, finals[1].Start, 6);
        Assert.All(_recognizer.Calls.Where(call => call.StartsWith("update", StringComparison.Ordinal)), call =>
            Assert.Equal(int.Parse(call.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) >= 220, call.EndsWith("held", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_Gap_IsOnTheTimelineAndTold()
    {
        Run(_audio.Samples(Still, 1).Missing(CaptureEvent.Gap, 0.25, GapReason.Xrun).Samples(Still, 100.01).Missing(CaptureEvent.Gap, 3600, GapReason.Unplugged)
            .Samples(Still, 0.5).Samples(Loud, 1).Samples(Still, 2));

        Assert.Equal(
            [new GapEvent("scripted", 1, 1.25, GapReason.Xrun), new GapEvent("scripted", 101.26, 3701.26, GapReason.Unplugged)],
            _events.OfType<GapEvent>().Select(gap => gap with { Start = Math.Round(gap.Start, 6), End = Math.Round(gap.End, 6) }));
        FinalEvent final = Assert.Single(_events.OfType<FinalEvent>());
        Assert.Equal(3701.5, final.Start, 0.3);
    }

    [Fact]
    public void Run_SamplesAfterAGap_ArriveWhereTheyBelong()
    {
        List<float> heard = [];
        _recognizer.OnFinish = audio => heard.AddRange(audio.Samples.Span);
        Run(_audio.Samples(Still, 1.01).Samples(Loud, 1).Missing(CaptureEvent.Gap, 0.1001, GapReason.Xrun).Samples(0.2f, 1).Samples(Still, 2));

        int gap = heard.IndexOf(0);
        Assert.Equal(16000, heard.Count(sample => sample == Loud));
        Assert.Equal(1601, heard.Count(sample => sample == 0));
        Assert.All(heard.Skip(gap).Take(1601), sample => Assert.Equal(0, sample));
        Assert.Equal(0.2f, heard[gap + 1601]);
    }

    [Fact]
    public void Run_Unplugged_FinalisesTheOpenSegmentAsTruncated()
    {
        Run(_audio.Tell(CaptureEvent.Present).Samples(Still, 1).Samples(Loud, 2).Tell(CaptureEvent.Absent)
            .Missing(CaptureEvent.Gap, 5, GapReason.Unplugged).Tell(CaptureEvent.Present).Samples(Loud, 2).Samples(Still, 2));

        Assert.Equal([true, false], _events.OfType<FinalEvent>().Select(final => final.Truncated));
        Assert.Equal([ListenState.Capturing, ListenState.Absent, ListenState.Capturing, ListenState.Ended], _events.OfType<StateEvent>().Select(state => state.State));
    }

    [Fact]
    public void Run_Muted_EndsTheSegmentAndTellsSo()
    {
        _audio.Tell(CaptureEvent.Present).Samples(Still, 1).Samples(Loud, 2).Tell(CaptureEvent.Idle).Missing(CaptureEvent.Skipped, 10).Samples(Loud, 2);
        _audio.BeforeStep = left => _audio.IsMuted = left is <= 22 and > 20;

        Run(_audio);

        Assert.Equal([ListenState.Capturing, ListenState.Muted, ListenState.Capturing, ListenState.Ended], _events.OfType<StateEvent>().Select(state => state.State));
        Assert.Equal(2, _events.OfType<FinalEvent>().Count());
        Assert.Empty(_events.OfType<GapEvent>());
        Assert.InRange(_events.OfType<FinalEvent>().Last().Start, 12.9, 13.1);
    }

    [Fact]
    public void Run_PushToTalk_HearsWhilePressed()
    {
        using Listener listener = Create("push-to-talk");
        _audio.Samples(Loud, 3).Samples(Loud, 2).Samples(Loud, 3);
        _audio.BeforeStep = left =>
        {
            if (left == 50)
            {
                listener.Press();
            }
            else if (left == 30)
            {
                listener.Release();
            }
        };

        listener.Run(_audio, _events.Add, CancellationToken.None);

        FinalEvent final = Assert.Single(_events.OfType<FinalEvent>());
        Assert.Equal((3, 5), (Math.Round(final.Start), Math.Round(final.End)));
    }

    [Fact]
    public void Run_Stop_FinishesWhatWasHeard()
    {
        using Listener listener = Create();
        _audio.Samples(Still, 1).Samples(Loud, 20);
        _audio.BeforeStep = left =>
        {
            if (left == 100)
            {
                listener.Stop();
            }
        };

        listener.Run(_audio, _events.Add, CancellationToken.None);

        Assert.Equal(11, Assert.Single(_events.OfType<FinalEvent>()).End, 0.2);
        Assert.Equal(ListenState.Ended, _events.OfType<StateEvent>().Last().State);
    }

    [Fact]
    public void Run_Cancelled_EndsAtOnce()
    {
        using CancellationTokenSource source = new();
        using Listener listener = Create();
        _recognizer.OnUpdate = (_, cancellationToken) =>
        {
            source.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
        };

        Assert.Throws<OperationCanceledException>(() => listener.Run(_audio.Samples(Still, 1).Samples(Loud, 20), _events.Add, source.Token));
        Assert.Empty(_events.OfType<FinalEvent>());
    }

    [Fact]
    public void Run_AFailedFinal_IsTriedOnceMore()
    {
        int failures = 1;
        _recognizer.OnFinish = _ =>
        {
            if (failures-- > 0)
            {
                throw new InvalidOperationException("out of luck");
            }
        };

        Run(_audio.Samples(Still, 1).Samples(Loud, 2).Samples(Still, 1));

        Assert.Contains("begin 'heard' en", _recognizer.Calls);
        Assert.Single(_events.OfType<FinalEvent>());
    }

    [Fact]
    public void Run_ASegmentThatAlwaysFails_CostsItsTentativeTextAndNothingElse()
    {
        _recognizer.OnFinish = audio =>
        {
            if (audio.Start < 3)
            {
                throw new InvalidOperationException("out of luck");
            }
        };

        Run(_audio.Samples(Still, 1).Samples(Loud, 2).Samples(Still, 2).Samples(Loud, 2).Samples(Still, 1));

        Assert.Equal(["heard", "heard 29"], _events.OfType<FinalEvent>().Select(final => final.Text));
    }

    [Fact]
    public void Run_RecognitionFailsOverAndOver_EndsWithTheFault()
    {
        _recognizer.OnUpdate = (_, _) => throw new InvalidOperationException("broken");
        _recognizer.OnFinish = _ => throw new InvalidOperationException("broken");

        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => Run(_audio.Samples(Still, 1).Samples(Loud, 20).Samples(Still, 1)));
        Assert.Equal("broken", fault.InnerException!.Message);
    }

    [Fact]
    public void Run_Recorder_GetsTheSegmentsAudio()
    {
        Recorder recorder = new();
        using Listener listener = Create(recorder: recorder);

        listener.Run(_audio.Samples(Still, 1).Samples(Loud, 2).Samples(Still, 1), _events.Add, CancellationToken.None);

        Assert.Equal((0, 2 * 16000), (recorder.Segment, recorder.Samples.Count(sample => sample == Loud)));
    }

    [Fact]
    public void Run_SilentBlocks_AllocateNothing()
    {
        // the runtime compiles hot methods again while they run, which allocates now and then: not in every run
        Assert.Equal(0, Enumerable.Range(0, 20).Min(_ => AllocatedInTheMiddleOfARun()));
    }

    private long AllocatedInTheMiddleOfARun()
    {
        using ScriptedAudio audio = new ScriptedAudio(TimeProvider.System).Samples(Still, 30);
        using Listener listener = Create();
        long before = 0;
        long after = 0;
        audio.BeforeStep = left =>
        {
            before = left == 250 ? GC.GetAllocatedBytesForCurrentThread() : before;
            after = left == 50 ? GC.GetAllocatedBytesForCurrentThread() : after;
        };
        listener.Run(audio, _events.Add, CancellationToken.None);
        Assert.True(after > 0);
        return after - before;
    }

    public void Dispose()
    {
        _audio.Dispose();
        _recognizer.Dispose();
    }

    private void Run(ScriptedAudio audio)
    {
        using Listener listener = Create();
        listener.Run(audio, _events.Add, CancellationToken.None);
    }

    private Listener Create(string mode = "continuous", ISegmentRecorder? recorder = null) => new(
        new ListenerParts { Model = null!, Recorder = recorder },
        new ListenOptions { Mode = mode },
        new RecognizerChoice(_recognizer, null));

    private sealed class Recorder : ISegmentRecorder
    {
        public int Segment { get; private set; } = -1;

        public float[] Samples { get; private set; } = [];

        public void Record(int segment, double start, ReadOnlySpan<float> samples) => (Segment, Samples) = (segment, samples.ToArray());
    }
}
