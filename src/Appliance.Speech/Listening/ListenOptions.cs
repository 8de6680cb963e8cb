using Appliance.Speech.Recognition.Streaming;
using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Listening;

/// <summary>How the appliance listens.</summary>
public sealed record ListenOptions
{
    /// <summary>How segments are recognised.</summary>
    public LiveRecognitionOptions Recognition { get; init; } = new();

    /// <summary>How the stream is cut into segments.</summary>
    public LiveVadOptions Segmentation { get; init; } = new();

    /// <summary>One of <see cref="SegmentTriggers.Names"/>.</summary>
    public string Mode { get; init; } = "continuous";

    /// <summary>The level that wakes, in dBFS; for the mode <c>level</c>.</summary>
    public double LevelThreshold { get; init; } = -40;

    /// <summary>Only what follows one of these is published; empty: everything.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Audio that may wait for recognition, in seconds, before the oldest is given up.</summary>
    public double BacklogSeconds { get; init; } = 300;
}
