using System.Diagnostics;
using System.Text.Json;

namespace Appliance.Benchmarks.Sessions;

/// <summary>
/// Compares options of ONNX Runtime on whisper-base, each in a process of its own, since peak memory belongs to a process.
/// Rounds of all variants take turns, so that a busy machine hits all of them; of the times the best round counts.
/// </summary>
internal static class SessionOptionsTable
{
    private const string Child = "--measure";
    private const int Rounds = 2;

    public static int Run(string[] arguments)
    {
        if (arguments is [Child, string name])
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(SessionRun.Measure(SessionVariants.All[name])));
            return 0;
        }

        string[] names = arguments.Length > 0 ? arguments : [.. SessionVariants.All.Keys];
        string[] unknown = [.. names.Where(name => !SessionVariants.All.ContainsKey(name))];
        if (unknown.Length > 0)
        {
            Console.Error.WriteLine($"unknown variant {string.Join(", ", unknown)}: name some of {string.Join(", ", SessionVariants.All.Keys)}");
            return 2;
        }

        List<(string Name, SessionFigures Figures)> results = [];
        for (int round = 0; round < Rounds; round++)
        {
            results.AddRange(names.Select(name => (name, MeasureInChild(name))));
        }

        Print(names, results);
        return 0;
    }

    private static SessionFigures MeasureInChild(string name)
    {
        using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["sessions", Child, name]) { RedirectStandardOutput = true })!;
        string json = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? JsonSerializer.Deserialize<SessionFigures>(json)! : throw new InvalidOperationException($"{name} ended with {child.ExitCode}");
    }

    private static void Print(string[] names, List<(string Name, SessionFigures Figures)> results)
    {
        Console.Out.WriteLine("| options | load ms | RSS before, MB | loaded, MB | peak, MB | encoder ms | step ms (cpu) | encoder + 20 steps ms (cpu) | idle cpu ms |");
        Console.Out.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (string name in names)
        {
            SessionFigures[] rounds = [.. results.Where(result => result.Name == name).Select(result => result.Figures)];
            SessionFigures step = rounds.MinBy(round => round.StepMs)!;
            SessionFigures turn = rounds.MinBy(round => round.TurnMs)!;
            Console.Out.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"| {name} | {rounds.Min(r => r.LoadMs):F0} | {rounds.Min(r => r.BeforeMegabytes):F0} | {rounds.Max(r => r.LoadedMegabytes):F0} | {rounds.Max(r => r.PeakMegabytes):F0} | {rounds.Min(r => r.EncoderMs):F0} | {step.StepMs:F2} ({step.StepProcessorMs:F2}) | {turn.TurnMs:F0} ({turn.TurnProcessorMs:F0}) | {rounds.Min(r => r.IdleProcessorMs):F0} |"));
        }
    }
}
