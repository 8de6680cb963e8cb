using System.Globalization;
using Appliance.Speech.Recognition;
using Appliance.Testing;

namespace Appliance.Benchmarks.Speech;

/// <summary>One pass over a corpus with chosen options: for trying things out. Prints the scorer's lines and the totals.</summary>
internal static class Transcribing
{
    /// <summary>Arguments: [--beam N] [--batch N] [--context C] [--vad] [--words] [--no-guard] [--best-of N] [--only PART] [--corpus FOLDER] [--out FILE] [--clips].</summary>
    public static int Run(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is int i and >= 0 ? args[i + 1] : null;
        int Number(string name, int otherwise) => Value(name) is string text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        AudioContext context = AudioContext.TryParse(Value("--context") ?? "auto", out AudioContext parsed) ? parsed : throw new ArgumentException("--context");
        TranscriptionOptions options = new()
        {
            BeamSize = Number("--beam", 1),
            BestOf = Number("--best-of", 1),
            Batch = Number("--batch", 0),
            Seed = Number("--seed", 0),
            AudioContext = context,
            Vad = args.Contains("--vad"),
            WordTimestamps = args.Contains("--words"),
            LoopGuard = !args.Contains("--no-guard"),
        };
        string corpus = Value("--corpus") ?? Path.Combine(SharedFolder.Path!, "corpus");
        CorpusClip[] clips = [.. Corpus.Read(corpus).Where(clip => Value("--only") is not string part
            || clip.Id.Contains(part, StringComparison.Ordinal) || clip.Category == part)];
        using Engine engine = new(Value("--model") ?? "whisper-base", Number("--threads", 0));
        List<ClipFigures> figures = CorpusRun.Run(engine, clips, options, bare: !args.Contains("--no-bare"));
        string output = Value("--out") ?? Path.GetTempFileName();
        CorpusRun.WriteTranscripts(figures, output);
        double seconds = clips.Sum(clip => clip.Seconds);
        double Sum(Func<ClipFigures, double> of) => figures.Sum(of) / 1000;
        double total = Sum(f => f.Transcript.Timing.Total);
        double encoder = Sum(f => f.Transcript.Timing.Encoder);
        double decoder = Sum(f => f.Transcript.Timing.Decoder);
        double audio = Sum(f => f.Transcript.Timing.DecodeAudio);
        double mel = Sum(f => f.Transcript.Timing.LogMel);
        double bare = Sum(f => f.BareMs);
        if (args.Contains("--text"))
        {
            foreach (ClipFigures figure in figures)
            {
                Console.WriteLine($"{figure.Clip.Id} [{figure.Transcript.Language}]{string.Concat(figure.Transcript.Segments.Select(s => $" <{s.Start:0.00}-{s.End:0.00} T{s.Temperature:0.0} {s.AverageLogProbability:0.000000} {s.NoSpeechProbability:0.000000}>{s.Text}"))}");
            }
        }

        Console.WriteLine(Scorer.Score(corpus, output, args.Contains("--clips")));
        Console.WriteLine(FormattableString.Invariant(
            $"RTF {total / seconds:0.0000} (bare {bare / seconds:0.0000}, ratio {total / Math.Max(bare, 1e-9):0.000}); s: total {total:0.0} encoder {encoder:0.0} decoder {decoder:0.0} audio {audio:0.0} mel {mel:0.00} vad {Sum(f => f.Transcript.Timing.Vad):0.00} ours {total - encoder - decoder - audio - mel:0.00} ({(total - encoder - decoder - audio) / total * 100:0.0} % outside ORT and audio decoding); peak RSS {Memory.PeakMegabytes:0} MB"));
        return 0;
    }
}
