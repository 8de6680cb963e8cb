using System.Diagnostics;
using Appliance.Testing;

namespace Appliance.Benchmarks.Speech;

/// <summary>Counts errors with shared/tools/score.py, the one measure that targets speak of.</summary>
internal static class Scorer
{
    /// <summary>The scorer's line, or why there is none.</summary>
    public static string Score(string corpus, string transcripts, bool clips = false)
    {
        string? script = SharedFolder.Path is null ? null : Path.Combine(SharedFolder.Path, "tools/score.py");
        if (script is null || !File.Exists(script))
        {
            return "not scored: shared/tools/score.py is not there";
        }

        ProcessStartInfo start = new("python3") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[script, corpus, transcripts, .. clips ? new[] { "--clips" } : []])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }
}
