using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Appliance.Benchmarks.Speech;
using Appliance.Testing;

namespace Appliance.Benchmarks.Live;

/// <summary>
/// `scripts/bench.sh live`: the corpus played in real time to a listener: how soon text is there, how much of it changes, what it costs,
/// and how many words are invented in an hour without any.
/// </summary>
internal static class LiveBenchmark
{
    /// <summary>Arguments: [--json FILE] [--corpus FOLDER] [--every N] [--category NAME] [--pace N] [--load THREADS] [--streaming NAME] [--minutes N] (of the silent hour).</summary>
    public static int Run(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is int i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;
        int Number(string name, int otherwise) => Value(name) is string text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        string? corpus = Value("--corpus") ?? (SharedFolder.Path is null ? null : Path.Combine(SharedFolder.Path, "corpus"));
        if (corpus is null || !File.Exists(Path.Combine(corpus, "manifest.jsonl")))
        {
            Console.Error.WriteLine("no corpus: shared/corpus is not beside this checkout; name a folder with manifest.jsonl with --corpus");
            return 66;
        }

        Dictionary<string, double> numbers = [];
        Table table = new(Console.Out, numbers);
        table.Line($"machine: {Machine.Describe()}");
        using Engine engine = new();
        int every = Number("--every", 1);
        CorpusClip[] clips = [.. Corpus.Read(corpus).Where(clip => Value("--category") is not { } category || clip.Category == category).Where((_, i) => i % every == 0)];
        double pace = double.Parse(Value("--pace") ?? "1", CultureInfo.InvariantCulture);
        using (Load load = new(Number("--load", 0)))
        {
            Listen(engine, corpus, clips, pace, Value("--streaming") ?? "auto", table);
        }

        if (Number("--minutes", 60) is int minutes and > 0)
        {
            SilentHour.Run(engine, minutes, table);
        }

        if (Value("--json") is string json)
        {
            File.WriteAllText(json, JsonSerializer.Serialize(numbers));
        }

        return 0;
    }

    private static void Listen(Engine engine, string corpus, CorpusClip[] clips, double pace, string streaming, Table table)
    {
        // what the first clip pays for loading and compiling is not the speed of the rest
        ClipRun.Listen(engine, clips[0], 0, streaming);
        List<ClipRun> runs = [];
        foreach (CorpusClip clip in clips)
        {
            runs.Add(ClipRun.Listen(engine, clip, pace, streaming));
            Console.Error.Write($"\r{runs.Count} of {clips.Length} clips ");
        }

        Console.Error.WriteLine();
        table.Title(FormattableString.Invariant($"{runs.Count} clips, {runs.Sum(run => run.Clip.Seconds) / 60:0.0} minutes, pace {pace}, {streaming}"));
        table.Line(Score(corpus, runs));
        Figures("all", runs, table);
        foreach (IGrouping<string, ClipRun> category in runs.GroupBy(run => run.Clip.Category))
        {
            Figures(category.Key, [.. category], table);
        }
    }

    private static void Figures(string name, List<ClipRun> runs, Table table)
    {
        double words = Math.Max(1, runs.Sum(run => run.Words));
        table.Title(name);
        table.Row($"final_p50_ms_{name}", Percentile(runs.SelectMany(run => run.FinalLatencies), 0.5), "end of speech to final, p50, ms");
        table.Row($"final_p95_ms_{name}", Percentile(runs.SelectMany(run => run.FinalLatencies), 0.95), "end of speech to final, p95, ms");
        table.Row($"partial_p50_ms_{name}", Percentile(runs.SelectMany(run => run.FirstPartials), 0.5), "first word to first partial, p50, ms");
        table.Row($"partial_p95_ms_{name}", Percentile(runs.SelectMany(run => run.FirstPartials), 0.95), "first word to first partial, p95, ms");
        table.Row($"retractions_{name}", runs.Sum(run => run.Retractions), "committed words retracted");
        table.Row($"revisions_{name}", runs.Sum(run => run.Revisions) / words, "uncommitted revisions a word");
        table.Row($"finals_{name}", runs.Sum(run => run.Finals.Count()), "finals");
        table.Row($"dropped_{name}", runs.Sum(run => run.Dropped.Count()), "pieces dropped by the firewall");
        table.Row($"processor_{name}", runs.Sum(run => run.ProcessorSeconds) / runs.Sum(run => run.Clip.Seconds), "processor seconds a second of audio");
        table.Row($"wall_{name}", runs.Sum(run => run.WallSeconds) / runs.Sum(run => run.Clip.Seconds), "seconds a second of audio");
    }

    private static double Percentile(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(part * sorted.Length) - 1)];
    }

    private static string Score(string corpus, List<ClipRun> runs)
    {
        string file = Path.GetTempFileName();
        File.WriteAllLines(file, runs.Select(run => JsonSerializer.Serialize(new { id = run.Clip.Id, text = run.Text })));
        string score = Scorer.Score(corpus, file);
        File.Delete(file);
        return score;
    }

    /// <summary>Threads that do nothing but keep processors busy.</summary>
    private sealed class Load : IDisposable
    {
        private readonly CancellationTokenSource _end = new();

        public Load(int threads)
        {
            for (int i = 0; i < threads; i++)
            {
                CancellationToken end = _end.Token;
                new Thread(() =>
                {
                    while (!end.IsCancellationRequested)
                    {
                        Thread.SpinWait(1000);
                    }
                }) { IsBackground = true }.Start();
            }
        }

        public void Dispose()
        {
            _end.Cancel();
            _end.Dispose();
        }
    }
}
