using System.Diagnostics;
using Appliance.Benchmarks.Speech;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Benchmarks.Sessions;

/// <summary>Measures one set of options in this process, on whisper-base through the buffers that the product uses.</summary>
internal sealed class SessionRun : IDisposable
{
    private const int Frames = 3000;
    private const int Rounds = 5;
    private const int Steps = 60;

    private static readonly int[] PromptTokens = [50258, 50259, 50359, 50363];

    private readonly SessionFactory _sessions;
    private readonly WhisperModel _model;
    private readonly float[] _logMel;

    private SessionRun(Action<SessionOptions> adjust)
    {
        ModelCatalog catalog = new([Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/models")]);
        _sessions = new SessionFactory(new() { Providers = ["cpu"] }) { Adjust = adjust };
        ModelFolder folder = catalog.Find("whisper-base", ModelKinds.Whisper);
        BeforeMegabytes = Memory.ResidentMegabytes;
        long started = Stopwatch.GetTimestamp();
        _model = WhisperModel.Load(folder, _sessions);
        LoadMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        LoadedMegabytes = Memory.ResidentMegabytes;
        _logMel = new float[_model.MelCount * Frames];
        Random random = new(1);
        foreach (ref float value in _logMel.AsSpan())
        {
            value = (float)((random.NextDouble() * 2) - 1);
        }
    }

    private IWhisperGraphs Graphs => _model.Graphs;

    private double BeforeMegabytes { get; }

    private double LoadMs { get; }

    private double LoadedMegabytes { get; }

    public static SessionFigures Measure(Action<SessionOptions> adjust)
    {
        using SessionRun run = new(adjust);
        return run.Measure();
    }

    public void Dispose()
    {
        _model.Dispose();
        _sessions.Dispose();
    }

    private static double ProcessorMs => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    /// <summary>The best of several rounds: time and the processor time of the same round.</summary>
    private static (double Ms, double ProcessorMs) Best(Action work)
    {
        (double Ms, double ProcessorMs) best = (double.MaxValue, 0);
        for (int round = 0; round < Rounds; round++)
        {
            double processor = ProcessorMs;
            long started = Stopwatch.GetTimestamp();
            work();
            double ms = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (ms < best.Ms)
            {
                best = (ms, ProcessorMs - processor);
            }
        }

        return best;
    }

    private SessionFigures Measure()
    {
        (double encoderMs, _) = Best(Encode);
        (double stepsMs, double stepsProcessorMs) = Best(() => Decode(Steps));
        (double turnMs, double turnProcessorMs) = Best(Turn);
        double before = ProcessorMs;
        Task.Delay(500).Wait(CancellationToken.None);
        return new()
        {
            BeforeMegabytes = BeforeMegabytes,
            LoadMs = LoadMs,
            LoadedMegabytes = LoadedMegabytes,
            PeakMegabytes = Memory.PeakMegabytes,
            EncoderMs = encoderMs,
            StepMs = stepsMs / Steps,
            StepProcessorMs = stepsProcessorMs / Steps,
            TurnMs = turnMs,
            TurnProcessorMs = turnProcessorMs,
            IdleProcessorMs = ProcessorMs - before,
        };
    }

    private void Encode() => Graphs.Encode(_logMel, windows: 1, Frames, CancellationToken.None);

    private void Decode(int steps)
    {
        Graphs.Prompt(PromptTokens, PromptTokens.Length, [PromptTokens.Length - 1], CancellationToken.None);
        for (int step = 0; step < steps; step++)
        {
            Graphs.Step([400], CancellationToken.None);
        }
    }

    private void Turn()
    {
        Encode();
        Decode(20);
    }
}
