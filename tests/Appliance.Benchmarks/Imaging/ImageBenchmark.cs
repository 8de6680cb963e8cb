using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Appliance.Benchmarks.Speech;
using Appliance.Imaging;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Files;
using Appliance.Imaging.Models;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Testing;

namespace Appliance.Benchmarks.Imaging;

/// <summary>`scripts/bench.sh image`: time split, share outside ONNX Runtime, memory and the cold start of pictures, beside the same calls made bare.</summary>
internal static class ImageBenchmark
{
    private const string Prompt = "a red apple on a blue background";

    /// <summary>Arguments: [--json FILE] [--model FOLDER] [--steps N] [--size N] [--guidance X] [--pictures N].</summary>
    public static int Run(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is int i and >= 0 && i + 1 < args.Length ? args[i + 1] : null;
        int Number(string name, int otherwise) => Value(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        string root = Path.Combine(RepositoryFolder.Path, "rootfs", "usr", "share", "appliance", "models");
        ModelFolder folder = new ModelCatalog([root]).Find(Value("--model") ?? "emoji-diffusion", ModelKinds.Diffusion);
        using SessionFactory sessions = new(new() { Providers = ["cpu"] });
        using DiffusionModel model = DiffusionModel.Load(folder, sessions);
        DiffusionDefaults defaults = DiffusionDefaults.Of(folder.Manifest, model);
        int side = Number("--size", defaults.Width);
        ImageRequest request = new()
        {
            Prompt = Prompt,
            Scheduler = model.Scheduler,
            Steps = Number("--steps", defaults.Steps),
            Guidance = Value("--guidance") is { } guidance ? double.Parse(guidance, CultureInfo.InvariantCulture) : defaults.Guidance,
            Width = side,
            Height = side,
        };
        Dictionary<string, double> numbers = [];
        Table table = new(Console.Out, numbers);
        table.Line($"machine: {Machine.Describe()}");
        table.Line($"model {folder.Name}, {side}x{side}, {request.Steps} steps, {request.Scheduler}, guidance {request.Guidance}");
        Pictures(model, folder.Path, sessions, request, Number("--pictures", 20), table);
        if (Value("--model") is null)
        {
            Cold(request, Number("--pictures", 20), table, numbers["bare_ms"]);
        }

        if (Value("--json") is string json)
        {
            File.WriteAllText(json, JsonSerializer.Serialize(numbers));
        }

        return 0;
    }

    private static void Pictures(DiffusionModel model, string folder, SessionFactory sessions, ImageRequest request, int count, Table table)
    {
        // 1. the first picture pays for loading and compiling
        ImagePipeline pipeline = new(model);
        StageMemory memory = new();
        DrawnImage first = pipeline.DrawWatched(request, memory, CancellationToken.None);
        double afterDecoding = Memory.ResidentMegabytes;
        int rows = request.Guidance > 1 && !model.TakesGuidance ? 2 : 1;
        LatentSize size = new(model.Layout.LatentChannels, request.Height / model.Layout.Factor, request.Width / model.Layout.Factor);
        using BarePicture? bare = model.Layout.IsXl ? null : new(folder, sessions, size, rows, 77);
        bare?.Run(rows, 1);

        // 2. pictures and bare calls in turns, so that both see the same machine
        List<ImageTiming> timings = [];
        List<double> files = [];
        List<double> bareMs = [];
        StepAllocation allocation = new();
        for (int i = 0; i < count; i++)
        {
            // another prompt each time: its embedding is not kept
            DrawnImage drawn = pipeline.DrawWatched(request with { Seed = i, Prompt = $"{Prompt} {i}" }, allocation, CancellationToken.None);
            timings.Add(drawn.Timing);
            files.Add(FileMs(drawn));
            if (bare is not null)
            {
                bareMs.Add(bare.Run(rows, drawn.Timing.Steps).TotalMilliseconds);
            }
        }

        // 3. figures
        double total = timings.Sum(timing => timing.Total.TotalMilliseconds);
        double Share(Func<ImageTiming, TimeSpan> of) => timings.Sum(timing => of(timing).TotalMilliseconds) * 100 / total;
        table.Title($"{count} pictures");
        table.Row("first_ms", first.Timing.Total.TotalMilliseconds, "first picture with loading, ms");
        table.Row("rss_prompt_mb", memory.AfterPrompt, "resident after the prompt (UNet loaded), MB");
        table.Row("rss_denoising_mb", memory.AfterSteps, "resident after the steps, MB");
        table.Row("rss_decoding_mb", afterDecoding, "resident after decoding, MB");
        table.Row("picture_ms", Median(timings.Select(timing => timing.Total.TotalMilliseconds)), "a picture, ms (median)");
        table.Row("file_ms", Median(files), "its file (PNG), ms");
        table.Row("step_ms", Median(timings.Select(timing => timing.Denoising.TotalMilliseconds / timing.Steps)), "a step, ms");
        table.Row("share_prompt", Share(timing => timing.Prompt), "time split, %: prompt");
        table.Row("share_start", Share(timing => timing.Start), "time split, %: start (noise)");
        table.Row("share_denoising", Share(timing => timing.Denoising), "time split, %: denoising");
        table.Row("share_decoding", Share(timing => timing.Decoding), "time split, %: decoding");
        table.Row("share_outside", Share(timing => timing.Total - timing.Engine), "outside ONNX Runtime, %");
        if (bareMs.Count > 0)
        {
            table.Row("bare_ms", Median(bareMs), "the same calls bare, ms (median)");
            table.Row("ratio", Median(timings.Select((timing, i) => timing.Total.TotalMilliseconds / bareMs[i])), "ratio to them (median of the turns)");
        }

        table.Row("step_allocation", (double)allocation.Bytes / allocation.Steps, "managed bytes allocated a step");
        table.Row("peak_rss_mb", Memory.PeakMegabytes, "peak RSS with the bare sessions, MB");
    }

    /// <summary>The whole program from its start to the file, a process for each.</summary>
    private static void Cold(ImageRequest request, int count, Table table, double bareMs)
    {
        string program = Path.Combine(RepositoryFolder.Path, ".artifacts", "bin", "Appliance.Service", "release", "appliance");
        if (!File.Exists(program))
        {
            table.Line($"no cold start: {program} is not built");
            return;
        }

        string file = Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.png");
        List<double> times = [];
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using Process process = Process.Start(new ProcessStartInfo(program, ["imagine", Prompt, "--seed", $"{i}", "--steps", $"{request.Steps}", "--output", file]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        File.Delete(file);
        table.Title("from a cold process");
        table.Row("cold_ms", Median(times), "start of the program to the file, ms (median)");
        table.Row("cold_ratio", Median(times) / bareMs, "ratio to the bare calls of a picture");
    }

    private static double FileMs(DrawnImage drawn)
    {
        ImageParameters parameters = ImageParameters.Of(drawn, new("bench", "", "cpu", 0, InitSha256: null, MaskSha256: null));
        long start = Stopwatch.GetTimestamp();
        _ = ImageFormats.Encode("a.png", drawn.Image, parameters);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
