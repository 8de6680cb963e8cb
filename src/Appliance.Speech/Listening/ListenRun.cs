using Microsoft.Extensions.Logging;

namespace Appliance.Speech.Listening;

/// <summary>What the capturing and the recognising thread of one run share.</summary>
internal sealed record ListenRun
{
    /// <summary>Name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>True when audio comes by the clock.</summary>
    public required bool IsRealTime { get; init; }

    /// <summary>The captured timeline.</summary>
    public required AudioHistory History { get; init; }

    /// <summary>What waits.</summary>
    public required RecognitionQueue Queue { get; init; }

    /// <summary>What is given up when it is too much.</summary>
    public required OverloadPolicy Overload { get; init; }

    /// <summary>Hands out an event; one at a time.</summary>
    public required Action<ListenEvent> Publish { get; init; }

    /// <summary>Keeps audio; null keeps none.</summary>
    public ISegmentRecorder? Recorder { get; init; }

    /// <summary>Takes a turn at the device; null where nobody else uses it.</summary>
    public Func<CancellationToken, IDisposable>? TakeTurn { get; init; }

    /// <summary>The clock of the source.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Told of faults.</summary>
    public required ILogger Logger { get; init; }
}
