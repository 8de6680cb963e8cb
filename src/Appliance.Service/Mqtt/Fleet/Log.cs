using Microsoft.Extensions.Logging;

namespace Appliance.Service.Mqtt.Fleet;

/// <summary>What shared work tells.</summary>
internal static partial class Log
{
    [LoggerMessage(5250, LogLevel.Warning, "the broker does not share subscriptions: no fleet work is taken; use mosquitto, EMQX, HiveMQ or VerneMQ")]
    public static partial void NoSharedSubscriptions(ILogger logger);

    [LoggerMessage(5251, LogLevel.Information, "job {Id} is given up: {Node} works on it")]
    public static partial void GaveWay(ILogger logger, string id, string node);
}
