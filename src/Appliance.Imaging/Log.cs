using Microsoft.Extensions.Logging;

namespace Appliance.Imaging;

/// <summary>Messages of drawing; never a prompt.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Warning, "memory ran out while {Model} drew {Width}x{Height} pixels: drawn once more with all graphs unloaded first")]
    public static partial void OutOfMemory(ILogger logger, string model, int width, int height);

    [LoggerMessage(4001, LogLevel.Warning, "the decoder of {Model} overflowed: the picture is decoded once more in float32")]
    public static partial void DecoderOverflowed(ILogger logger, string model);

    [LoggerMessage(4002, LogLevel.Warning, "memory of {Model} could not be given back after a picture was cancelled ({Reason})")]
    public static partial void MemoryNotReleased(ILogger logger, string model, string reason);
}
