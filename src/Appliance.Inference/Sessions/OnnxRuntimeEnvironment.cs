using System.Runtime.InteropServices;
using Appliance.Native;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>
/// ONNX Runtime in this process: one library and one environment, whatever is created later. Its messages go to the logger
/// that was named last, never to standard error.
/// </summary>
internal static class OnnxRuntimeEnvironment
{
    private static readonly Lock Guard = new();
    private static volatile ILogger? _logger;
    private static OnnxRuntimeLibrary? _library;

    /// <summary>Loads the library of a folder (null: the program's own) unless it is loaded, and starts the environment.</summary>
    /// <exception cref="InferenceException">It is missing or too old, or another one is loaded.</exception>
    public static OnnxRuntimeLibrary Start(string? directory, ILogger logger)
    {
        lock (Guard)
        {
            // from 1.31 on ONNX Runtime sends usage figures to its makers unless it is told not to; this program sends nothing to anybody
            ProcessVariable.Set("ORT_DISABLE_TELEMETRY", "1");
            ProcessMemory.MapLargeBlocks();
            OnnxRuntimeLibrary library = _library is null ? Bind(OnnxRuntimeLibrary.Load(directory), isChosen: !string.IsNullOrEmpty(directory)) : Reuse(_library, directory);
            _logger = logger;
            if (!OrtEnv.IsCreated)
            {
                EnvironmentCreationOptions options = new()
                {
                    logId = "appliance",
                    logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING,
                    loggingFunction = Relay,
                };
                _ = OrtEnv.CreateInstanceWithOptions(ref options);
                Log.OnnxRuntimeLoaded(logger, library.Version, library.Path);
            }

            return _library = library;
        }
    }

    /// <summary>Makes the managed half call this library. Must come before its first call of any.</summary>
    private static OnnxRuntimeLibrary Bind(OnnxRuntimeLibrary library, bool isChosen)
    {
        OrtEnv.DisableDllImportResolver = true;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, (name, _, _) => name == "onnxruntime" ? library.Handle : 0);
            return library;
        }
        catch (InvalidOperationException e)
        {
            // whoever used it before got the program's own
            if (!isChosen)
            {
                return library;
            }

            throw new InferenceException(InferenceError.RuntimeAlreadyLoaded, $"ONNX Runtime was used before {library.Path} could be chosen: create a SessionFactory first", e);
        }
    }

    private static OnnxRuntimeLibrary Reuse(OnnxRuntimeLibrary loaded, string? directory)
    {
        bool isSame = string.IsNullOrEmpty(directory) || Path.GetFullPath(directory) == Path.GetDirectoryName(loaded.Path);
        return isSame
            ? loaded
            : throw new InferenceException(InferenceError.RuntimeAlreadyLoaded, $"{loaded.Path} is in use and can't be exchanged for the one in {directory}: start the program again");
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
                Log.OnnxRuntimeDetail(logger, codeLocation, message);
                break;
            case OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING:
                Log.OnnxRuntimeWarning(logger, codeLocation, message);
                break;
            default:
                Log.OnnxRuntimeFault(logger, codeLocation, message);
                break;
        }
    }
}
