using Microsoft.Extensions.Logging;

namespace Appliance.Inference.Providers;

internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Information, "execution provider {Name}: {Text}")]
    public static partial void ProviderUsed(ILogger logger, string name, string text);

    [LoggerMessage(2201, LogLevel.Information, "execution provider {Name} passed over ({Reason}): {Text}")]
    public static partial void ProviderPassedOver(ILogger logger, string name, string reason, string text);
}
