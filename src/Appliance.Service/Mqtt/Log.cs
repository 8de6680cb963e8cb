using Microsoft.Extensions.Logging;

namespace Appliance.Service.Mqtt;

/// <summary>What the connection to the broker tells.</summary>
internal static partial class Log
{
    [LoggerMessage(5200, LogLevel.Information, "connected to the broker")]
    public static partial void Connected(ILogger logger);

    [LoggerMessage(5201, LogLevel.Warning, "no connection to the broker: {Reason}; it is tried again")]
    public static partial void NotConnected(ILogger logger, string reason);

    [LoggerMessage(5202, LogLevel.Debug, "{Topic}: {Message}")]
    public static partial void PublishFailed(ILogger logger, string topic, string message);

    [LoggerMessage(5203, LogLevel.Error, "the broker refuses the subscription to {Topic} ({Reason}): check its access list")]
    public static partial void NotSubscribed(ILogger logger, string topic, string reason);

    [LoggerMessage(5204, LogLevel.Information, "the embedded broker listens on {Endpoint}")]
    public static partial void BrokerListens(ILogger logger, string endpoint);

    [LoggerMessage(5205, LogLevel.Warning, "the embedded broker can't listen on {Endpoint} ({Reason}): what answers there is used instead")]
    public static partial void BrokerPortTaken(ILogger logger, string endpoint, string reason);

    [LoggerMessage(5206, LogLevel.Error, "a message to {Topic} could not be handled")]
    public static partial void HandlingFailed(ILogger logger, Exception fault, string topic);

    [LoggerMessage(5208, LogLevel.Error, "the loop {Name} failed; it is begun again")]
    public static partial void LoopFailed(ILogger logger, Exception fault, string name);

    [LoggerMessage(5207, LogLevel.Information, "command {Verb} {Id}: {Outcome}")]
    public static partial void Command(ILogger logger, string verb, string id, string outcome);
}
