using Microsoft.Extensions.Logging;

namespace Appliance.Speech.Capture;

internal static partial class Log
{
    [LoggerMessage(3100, LogLevel.Information, "the microphone '{Device}' went away; it is waited for")]
    public static partial void DeviceLost(ILogger logger, string device);

    [LoggerMessage(3101, LogLevel.Information, "the microphone '{Device}' is there")]
    public static partial void DeviceBack(ILogger logger, string device);

    [LoggerMessage(3102, LogLevel.Information, "{Reason}; it is waited for")]
    public static partial void DeviceAway(ILogger logger, string reason);

    [LoggerMessage(3103, LogLevel.Warning, "'{Device}' says that it runs at {Rate} Hz, by the clock it is {Measured:F0} Hz: times and voices are off by as much")]
    public static partial void RateIsOff(ILogger logger, string device, int rate, double measured);

    [LoggerMessage(3104, LogLevel.Warning, "the channels of '{Device}' cancel each other in their mean; channel {Channel} is used instead")]
    public static partial void ChannelsCancel(ILogger logger, string device, int channel);

    [LoggerMessage(3105, LogLevel.Error, "muting failed, the microphone is closed: {Reason}")]
    public static partial void MuteFailed(ILogger logger, string reason);

    [LoggerMessage(3106, LogLevel.Warning, "standard input ended in the middle of a sample frame; {Bytes} bytes are left out")]
    public static partial void CutFrame(ILogger logger, int bytes);
}
