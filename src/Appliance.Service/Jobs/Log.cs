using Microsoft.Extensions.Logging;

namespace Appliance.Service.Jobs;

/// <summary>What the jobs tell. Never what was said or is to be drawn.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Error, "job {Id}: {Message}; it is sent from memory")]
    public static partial void NotStored(ILogger logger, string id, string message);

    [LoggerMessage(5002, LogLevel.Information, "job {Id} ({Kind}) ended: {Outcome} after {Milliseconds:0} ms")]
    public static partial void Ended(ILogger logger, string id, string kind, string outcome, double milliseconds);

    [LoggerMessage(5003, LogLevel.Error, "job {Id} ({Kind}) failed inside")]
    public static partial void FailedInside(ILogger logger, Exception fault, string id, string kind);

    [LoggerMessage(5004, LogLevel.Information, "after the restart: {Again} jobs run again, {Interrupted} were interrupted")]
    public static partial void Recovered(ILogger logger, int again, int interrupted);
}
