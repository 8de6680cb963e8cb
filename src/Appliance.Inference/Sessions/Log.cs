using Microsoft.Extensions.Logging;

namespace Appliance.Inference.Sessions;

internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Debug, "ONNX Runtime ({Category}): {Message}")]
    public static partial void OnnxRuntimeDetail(ILogger logger, string category, string message);

    [LoggerMessage(2101, LogLevel.Warning, "ONNX Runtime ({Category}): {Message}")]
    public static partial void OnnxRuntimeWarning(ILogger logger, string category, string message);

    [LoggerMessage(2102, LogLevel.Error, "ONNX Runtime ({Category}): {Message}")]
    public static partial void OnnxRuntimeFault(ILogger logger, string category, string message);
}
