using System.Diagnostics;
using Appliance.Benchmarks.Speech;
using Appliance.Speech.Capture;
using Appliance.Speech.Listening;
using Appliance.Speech.Recognition.Streaming;

namespace Appliance.Benchmarks.Live;

/// <summary>One clip listened to, and what is to be known of it.</summary>
internal sealed class ClipRun
{
    private readonly List<(ListenEvent Event, long At)> _events = [];

    private ClipRun(CorpusClip clip) => Clip = clip;

    public CorpusClip Clip { get; }

    /// <summary>The final texts, joined.</summary>
    public string Text => string.Join(' ', Finals.Select(final => final.Text));

    public IEnumerable<FinalEvent> Finals => _events.Select(told => told.Event).OfType<FinalEvent>();

    public IEnumerable<DroppedEvent> Dropped => _events.Select(told => told.Event).OfType<DroppedEvent>();

    /// <summary>Milliseconds from the end of speech to its final, of each final with text.</summary>
    public IEnumerable<double> FinalLatencies => Finals.Where(final => final.Text.Length > 0).Select(final => final.LatencyMs ?? 0);

    /// <summary>Milliseconds from the start of the first word to the first partial, of each segment that had one.</summary>
    public List<double> FirstPartials { get; } = [];

    /// <summary>Words that a later hypothesis of the same segment took back or changed, tentative ones.</summary>
    public int Revisions { get; private set; }

    /// <summary>The same of committed text: must be 0.</summary>
    public int Retractions { get; private set; }

    /// <summary>Words of the finals.</summary>
    public int Words { get; private set; }

    /// <summary>Processor seconds of the whole process.</summary>
    public double ProcessorSeconds { get; private set; }

    /// <summary>Seconds by the clock.</summary>
    public double WallSeconds { get; private set; }

    /// <summary>Listens to one clip.</summary>
    public static ClipRun Listen(Engine engine, CorpusClip clip, double pace, string streaming)
    {
        ClipRun run = new(clip);
        ICaptureSource source = CaptureSources.Find("file");
        using TimedAudio audio = new(source.Open(new CaptureOptions { Files = [clip.File], Pace = pace }));
        using Listener listener = new(
            new ListenerParts { Model = engine.Model, VoiceActivity = engine.VoiceActivity.Value },
            new ListenOptions { Recognition = new LiveRecognitionOptions { Streaming = streaming } });
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        listener.Run(audio, told => run._events.Add((told, Stopwatch.GetTimestamp())), CancellationToken.None);
        run.WallSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        run.ProcessorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        run.Count(audio);
        return run;
    }

    private void Count(TimedAudio audio)
    {
        foreach (IGrouping<int, (ListenEvent Event, long At)> segment in _events.GroupBy(told => Number(told.Event)).Where(group => group.Key >= 0))
        {
            PartialEvent[] partials = [.. segment.Select(told => told.Event).OfType<PartialEvent>()];
            if (segment.Select(told => told.Event).OfType<FinalEvent>().FirstOrDefault() is not { } final)
            {
                continue;
            }

            Words += Split(final.Text).Length;
            Count(partials, final);
            if (partials.Length > 0 && final.Text.Length > 0)
            {
                long first = segment.First(told => told.Event is PartialEvent).At;
                FirstPartials.Add(Stopwatch.GetElapsedTime(audio.CapturedAt(final.Words is { Count: > 0 } words ? words[0].Start : final.Start), first).TotalMilliseconds);
            }
        }
    }

    private void Count(PartialEvent[] partials, FinalEvent final)
    {
        for (int i = 0; i < partials.Length; i++)
        {
            string committedNext = i + 1 < partials.Length ? partials[i + 1].Committed : final.Text;
            string next = i + 1 < partials.Length ? partials[i + 1].Committed + partials[i + 1].Tentative : final.Text;
            Retractions += committedNext.StartsWith(partials[i].Committed, StringComparison.Ordinal) ? 0 : Split(partials[i].Committed).Length;
            string[] before = Split(partials[i].Committed + partials[i].Tentative);
            string[] after = Split(next);
            int same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
            Revisions += before.Length - same;
        }
    }

    private static int Number(ListenEvent listenEvent) => listenEvent switch
    {
        PartialEvent partial => partial.Segment,
        FinalEvent final => final.Segment,
        _ => -1,
    };

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
