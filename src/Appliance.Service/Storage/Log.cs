using Microsoft.Extensions.Logging;

namespace Appliance.Service.Storage;

/// <summary>What storage tells.</summary>
internal static partial class Log
{
    [LoggerMessage(5100, LogLevel.Error, "{Path} is {Problem}: it was set aside as {Aside}, and a new one was begun")]
    public static partial void SetAside(ILogger logger, string path, string problem, string aside);

    [LoggerMessage(5101, LogLevel.Error, "{What} can't be stored: {Message}")]
    public static partial void NotStored(ILogger logger, string what, string message);

    [LoggerMessage(5102, LogLevel.Warning, "the outbox is full: {Count} of the oldest {Kind} were dropped")]
    public static partial void Dropped(ILogger logger, int count, string kind);

    [LoggerMessage(5103, LogLevel.Warning, "the broker refused a message to {Topic} (reason {Reason}): it is kept among the dead letters")]
    public static partial void DeadLetter(ILogger logger, string topic, int reason);

    [LoggerMessage(5104, LogLevel.Information, "retention removed {Transcripts} transcripts and {Images} images")]
    public static partial void Retained(ILogger logger, int transcripts, int images);
}
