using Microsoft.Extensions.Logging;

namespace Appliance.Service.Jobs.Engines;

/// <summary>What the pool tells.</summary>
internal static partial class Log
{
    [LoggerMessage(5010, LogLevel.Information, "model {Name} loaded")]
    public static partial void ModelLoaded(ILogger logger, string name);

    [LoggerMessage(5011, LogLevel.Information, "model {Name} unloaded")]
    public static partial void ModelUnloaded(ILogger logger, string name);
}
