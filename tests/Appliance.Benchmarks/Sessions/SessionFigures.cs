namespace Appliance.Benchmarks.Sessions;

/// <summary>What one process measured with one set of options: memory in MB (10^6 bytes), times in milliseconds, the best of several.</summary>
internal sealed record SessionFigures
{
    /// <summary>To load both graphs.</summary>
    public required double LoadMs { get; init; }

    /// <summary>Resident before ONNX Runtime's sessions, and after.</summary>
    public required double BeforeMegabytes { get; init; }

    public required double LoadedMegabytes { get; init; }

    /// <summary>Highest of the whole run.</summary>
    public required double PeakMegabytes { get; init; }

    /// <summary>Encoder, [1, 80, 3000].</summary>
    public required double EncoderMs { get; init; }

    /// <summary>One decoder step at 1500 encoder positions, and the processor time it takes.</summary>
    public required double StepMs { get; init; }

    public required double StepProcessorMs { get; init; }

    /// <summary>Encoder and 20 steps in turn, as short clips do: time and processor time.</summary>
    public required double TurnMs { get; init; }

    public required double TurnProcessorMs { get; init; }

    /// <summary>Processor time in the 500 ms after a run, with nothing to do.</summary>
    public required double IdleProcessorMs { get; init; }
}
