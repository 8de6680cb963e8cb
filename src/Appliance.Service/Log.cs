using Microsoft.Extensions.Logging;

namespace Appliance.Service;

/// <summary>What the service as a whole tells.</summary>
internal static partial class Log
{
    [LoggerMessage(5400, LogLevel.Information, "running as {Node}, state in {Folder}")]
    public static partial void Running(ILogger logger, string node, string folder);

    [LoggerMessage(5401, LogLevel.Information, "stopping")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(5402, LogLevel.Error, "the state can't be tidied: {Reason}")]
    public static partial void NotTidied(ILogger logger, string reason);
}
