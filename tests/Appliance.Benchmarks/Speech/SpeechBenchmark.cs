using System.Globalization;
using System.Text.Json;
using Appliance.Speech.Recognition;
using Appliance.Testing;

namespace Appliance.Benchmarks.Speech;

/// <summary>`scripts/bench.sh speech`: errors, speed against the yardstick, time split and memory of the embedded model over a corpus.</summary>
internal static class SpeechBenchmark
{
    /// <summary>Arguments: [--json FILE] [--corpus FOLDER] [--quick] (greedy alone).</summary>
    public static int Run(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is int i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;
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
        IReadOnlyList<CorpusClip> clips = Corpus.Read(corpus);
        Greedy(engine, corpus, clips, table);
        if (!args.Contains("--quick"))
        {
            Beam(engine, corpus, clips, table);
            Batch(engine, clips, table);
        }

        LogMelBenchmark.Run(clips, table);
        if (Value("--json") is string json)
        {
            File.WriteAllText(json, JsonSerializer.Serialize(numbers));
        }

        return 0;
    }

    private static void Greedy(Engine engine, string corpus, IReadOnlyList<CorpusClip> clips, Table table)
    {
        // what a program's first clip pays (page faults, just-in-time compilation) is not the speed of the rest
        TranscriptionOptions options = new();
        CorpusRun.Run(engine, [clips[0]], options, bare: false);
        List<ClipFigures> figures = CorpusRun.Run(engine, clips, options, bare: true);
        double seconds = clips.Sum(clip => clip.Seconds);
        table.Title("greedy, defaults");
        table.Line(Score(corpus, figures));
        table.Row("peak_rss_mb", Memory.PeakMegabytes, "peak RSS, MB");
        table.Row("rtf", Total(figures) / seconds, "RTF, all clips");
        table.Row("rtf_bare", figures.Sum(f => f.BareMs) / 1000 / seconds, "RTF of the same calls, bare (yardstick)");
        table.Row("ratio", Total(figures) * 1000 / figures.Sum(f => f.BareMs), "ratio to the yardstick");
        foreach (IGrouping<string, ClipFigures> category in figures.GroupBy(f => f.Clip.Category))
        {
            table.Row($"rtf_{category.Key}", Total(category) / category.Sum(f => f.Clip.Seconds), $"RTF, {category.Key}");
        }

        double Share(Func<Appliance.Speech.Transcripts.TranscriptTiming, double> of) => figures.Sum(f => of(f.Transcript.Timing)) / 10 / Total(figures);
        table.Row("share_decode_audio", Share(t => t.DecodeAudio), "time split, %: decode audio");
        table.Row("share_log_mel", Share(t => t.LogMel), "time split, %: log-mel");
        table.Row("share_encoder", Share(t => t.Encoder), "time split, %: encoder");
        table.Row("share_decoder", Share(t => t.Decoder), "time split, %: decoder");
        table.Row("share_rest", Share(t => t.Total - t.DecodeAudio - t.LogMel - t.Encoder - t.Decoder), "time split, %: rest (rules, sampling, text)");
        table.Row("share_outside", Share(t => t.Total - t.DecodeAudio - t.Encoder - t.Decoder), "outside ONNX Runtime but audio decoding, %");
    }

    private static void Beam(Engine engine, string corpus, IReadOnlyList<CorpusClip> clips, Table table)
    {
        // clip by clip beside greedy, so that both see the same machine
        double greedy = 0;
        List<ClipFigures> figures = [];
        foreach (CorpusClip clip in clips)
        {
            greedy += Total(CorpusRun.Run(engine, [clip], new TranscriptionOptions(), bare: false));
            figures.AddRange(CorpusRun.Run(engine, [clip], new TranscriptionOptions { BeamSize = 5 }, bare: false));
        }

        table.Title("beam 5");
        table.Line(Score(corpus, figures));
        table.Row("beam5_ratio", Total(figures) / greedy, "time against greedy");
    }

    private static void Batch(Engine engine, IReadOnlyList<CorpusClip> clips, Table table)
    {
        double seek = 0;
        double batch = 0;
        foreach (CorpusClip clip in clips.Where(clip => clip.Category == "long-en"))
        {
            seek += Total(CorpusRun.Run(engine, [clip], new TranscriptionOptions(), bare: false));
            batch += Total(CorpusRun.Run(engine, [clip], new TranscriptionOptions { Batch = 8 }, bare: false));
        }

        table.Title("batch 8 on the long clips");
        table.Row("batch8_ratio", batch / seek, "time against the seek loop");
    }

    private static double Total(IEnumerable<ClipFigures> figures) => figures.Sum(f => f.Transcript.Timing.Total) / 1000;

    private static string Score(string corpus, List<ClipFigures> figures)
    {
        string transcripts = Path.GetTempFileName();
        try
        {
            CorpusRun.WriteTranscripts(figures, transcripts);
            return Scorer.Score(corpus, transcripts);
        }
        finally
        {
            File.Delete(transcripts);
        }
    }
}
