using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Speech.Listening;

/// <summary>What a listener works with; none of it is owned.</summary>
public sealed record ListenerParts
{
    /// <summary>The model.</summary>
    public required WhisperModel Model { get; init; }

    /// <summary>The voice activity detector; null judges by level alone.</summary>
    public SileroVad? VoiceActivity { get; init; }

    /// <summary>Gives a smaller model when recognition falls far behind; called at most once; null does without.</summary>
    public Func<WhisperModel>? FallbackModel { get; init; }

    /// <summary>Keeps the audio of segments; null keeps nothing.</summary>
    public ISegmentRecorder? Recorder { get; init; }

    /// <summary>Takes a turn at the device before each use of a model, and gives it back by being disposed of; null: nobody else uses it.</summary>
    public Func<CancellationToken, IDisposable>? TakeTurn { get; init; }

    /// <summary>Told of faults.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The clock of the source.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
