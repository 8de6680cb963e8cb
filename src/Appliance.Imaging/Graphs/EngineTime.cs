using System.Diagnostics;

namespace Appliance.Imaging.Graphs;

/// <summary>Time that a graph spent in ONNX Runtime.</summary>
internal sealed class EngineTime
{
    private long _ticks;

    /// <summary>All of it so far.</summary>
    public TimeSpan Total => Stopwatch.GetElapsedTime(0, _ticks);

    /// <summary>Times a run.</summary>
    public void Run(Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        Add(start);
    }

    /// <summary>Adds the time since a timestamp.</summary>
    public void Add(long start) => _ticks += Stopwatch.GetTimestamp() - start;
}
