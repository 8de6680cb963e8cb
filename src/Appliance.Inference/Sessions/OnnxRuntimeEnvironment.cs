using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>The one environment of ONNX Runtime in this process; its messages go to the logger named last, never to standard error.</summary>
internal static class OnnxRuntimeEnvironment
{
    private static readonly Lock Guard = new();
    private static volatile ILogger? _logger;

    public static void Start(ILogger logger)
    {
        _logger = logger;
        lock (Guard)
        {
            if (OrtEnv.IsCreated)
            {
                return;
            }

            EnvironmentCreationOptions options = new()
            {
                logId = "appliance",
                logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING,
                loggingFunction = Relay,
            };
            _ = OrtEnv.CreateInstanceWithOptions(ref options);
        }
    }

    private static void Relay(IntPtr parameter, OrtLoggingLevel severity, string category, string logId, string codeLocation, string message)
    {
        if (_logger is not { } logger)
        {
            return;
        }

        switch (severity)
        {
            case OrtLoggingLevel.ORT_LOGGING_LEVEL_VERBOSE or OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO:
                Log.OnnxRuntimeDetail(logger, category, message);
                break;
            case OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING:
                Log.OnnxRuntimeWarning(logger, category, message);
                break;
            default:
                Log.OnnxRuntimeFault(logger, category, message);
                break;
        }
    }
}
