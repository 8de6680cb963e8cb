using System.Diagnostics;
using System.Text.Json;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Transcripts;

namespace Appliance.Benchmarks.Speech;

/// <summary>Transcribes clips in one process, and right after each makes its calls again bare, so that both see the same machine.</summary>
internal static class CorpusRun
{
    /// <summary>Runs through the clips.</summary>
    /// <param name="engine">The models.</param>
    /// <param name="clips">What is transcribed.</param>
    /// <param name="options">How.</param>
    /// <param name="bare">Whether the yardstick is taken.</param>
    public static List<ClipFigures> Run(Engine engine, IReadOnlyList<CorpusClip> clips, TranscriptionOptions options, bool bare)
    {
        Transcriber transcriber = engine.Transcriber(options);
        GraphCalls calls = engine.Model.Graphs.Calls;
        BareCalls yardstick = new(engine.Model.Graphs);
        List<ClipFigures> figures = [];
        foreach (CorpusClip clip in clips)
        {
            calls.Clear();
            calls.Record = bare;
            Transcript transcript = transcriber.Transcribe(new AudioInput(clip.File, new AudioFileOptions()), options, null, CancellationToken.None);
            double bareMs = 0;
            if (bare)
            {
                GraphCall[] made = [.. calls.Recorded];
                calls.Record = false;
                bareMs = yardstick.Run(made) * 1000.0 / Stopwatch.Frequency;
            }

            figures.Add(new ClipFigures(clip, transcript, bareMs));
        }

        return figures;
    }

    /// <summary>Writes what score.py reads: one JSON object a line.</summary>
    public static void WriteTranscripts(IEnumerable<ClipFigures> figures, string path)
    {
        using StreamWriter writer = new(path);
        foreach (ClipFigures figure in figures)
        {
            writer.WriteLine(JsonSerializer.Serialize(new Dictionary<string, string> { ["id"] = figure.Clip.Id, ["text"] = figure.Transcript.Text }));
        }
    }
}
