using Microsoft.Extensions.Logging;

namespace Appliance.Service.Devices;

/// <summary>What the devices tell.</summary>
internal static partial class Log
{
    [LoggerMessage(5300, LogLevel.Warning, "listening ended: {Reason}; it is begun again")]
    public static partial void ListeningFailed(ILogger logger, string reason);
}
