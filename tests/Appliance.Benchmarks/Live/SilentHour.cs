using System.Diagnostics;
using System.Text.RegularExpressions;
using Appliance.Benchmarks.Speech;
using Appliance.Testing;

namespace Appliance.Benchmarks.Live;

/// <summary>Sounds without words, made by scripts/silent-hour, as fast as they are read: every word is an invention.</summary>
internal static partial class SilentHour
{
    /// <summary>Makes the sounds and listens to them.</summary>
    public static void Run(Engine engine, int minutes, Table table)
    {
        string folder = Directory.CreateTempSubdirectory("silent-hour").FullName;
        try
        {
            ProcessStartInfo start = new(Path.Combine(RepositoryFolder.Path, "scripts/silent-hour"), ["--minutes", $"{minutes}", folder]);
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            table.Title($"{minutes} minutes without words");
            int words = 0;
            foreach (string file in Directory.GetFiles(folder).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileNameWithoutExtension(file);
                ClipRun run = ClipRun.Listen(engine, new CorpusClip(name, file, "en", "silence", 1), 0, "auto");
                words += Word().Count(run.Text);
                table.Row($"words_{name}", Word().Count(run.Text), $"words, {name}");
                table.Line($"  dropped: {run.Dropped.Count()} ({string.Join(", ", run.Dropped.GroupBy(d => d.Reason).Select(g => $"{g.Key} {g.Count()}"))}) {run.Text}");
            }

            table.Row("words_per_hour", words * 60.0 / minutes, "words an hour");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
