using System.Text.Json.Nodes;

namespace Appliance.Service.Storage;

/// <summary>Something that was kept.</summary>
/// <param name="Kind">transcript or image.</param>
/// <param name="Number">Its number among its kind.</param>
/// <param name="Created">When, in milliseconds since 1970.</param>
internal sealed record HistoryEntry(string Kind, long Number, long Created)
{
    /// <summary>microphone or job.</summary>
    public required string Source { get; init; }

    /// <summary>The job, where there was one.</summary>
    public string? Job { get; init; }

    /// <summary>Language code of a transcript.</summary>
    public string? Language { get; init; }

    /// <summary>Seconds of audio of a transcript.</summary>
    public double? Duration { get; init; }

    /// <summary>The text, or the prompt.</summary>
    public required string Text { get; init; }

    /// <summary>All of it.</summary>
    public required JsonObject Document { get; init; }
}
