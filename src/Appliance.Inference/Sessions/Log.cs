using Microsoft.Extensions.Logging;

namespace Appliance.Inference.Sessions;

internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Debug, "ONNX Runtime ({CodeLocation}): {Message}")]
    public static partial void OnnxRuntimeDetail(ILogger logger, string codeLocation, string message);

    [LoggerMessage(2101, LogLevel.Warning, "ONNX Runtime ({CodeLocation}): {Message}")]
    public static partial void OnnxRuntimeWarning(ILogger logger, string codeLocation, string message);

    [LoggerMessage(2102, LogLevel.Error, "ONNX Runtime ({CodeLocation}): {Message}")]
    public static partial void OnnxRuntimeFault(ILogger logger, string codeLocation, string message);

    [LoggerMessage(2103, LogLevel.Debug, "ONNX Runtime {Version} loaded from {Path}")]
    public static partial void OnnxRuntimeLoaded(ILogger logger, string version, string path);

    [LoggerMessage(2104, LogLevel.Information, "{Path} opened on {Providers} in {Milliseconds} ms")]
    public static partial void SessionOpened(ILogger logger, string path, string providers, double milliseconds);
}
