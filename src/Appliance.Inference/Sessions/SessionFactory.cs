using Appliance.Inference.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>Opens ONNX files on the best execution provider that this machine has. Thread-safe.</summary>
public sealed class SessionFactory : IDisposable
{
    private readonly ILogger _logger;

    /// <summary>Loads ONNX Runtime.</summary>
    /// <exception cref="InferenceException">ONNX Runtime can't be loaded or is too old, or a provider's name is unknown.</exception>
    public SessionFactory(SessionSettings settings, ILogger? logger = null)
    {
        _logger = logger ?? NullLogger.Instance;
        Threads = settings.Threads > 0 ? settings.Threads : Environment.ProcessorCount;
        OnnxRuntimeEnvironment.Start(_logger);
        OnnxRuntimeVersion = OrtEnv.Instance().GetVersionString();
    }

    /// <summary>Version of the native library, such as "1.31.1".</summary>
    public string OnnxRuntimeVersion { get; }

    /// <summary>Threads that one run uses.</summary>
    public int Threads { get; }

    /// <summary>Opens a model file. The caller owns the session.</summary>
    /// <exception cref="ModelException">The file is missing, damaged or not loadable.</exception>
    public InferenceSession Create(string modelPath, SessionRole role = SessionRole.General)
    {
        if (!File.Exists(modelPath))
        {
            throw new ModelException(ModelError.Incomplete, modelPath, $"{modelPath} is missing: restore it, or remove the model and add it again");
        }

        using SessionOptions options = CpuSessionOptions.Create(Threads);
        try
        {
            return new InferenceSession(modelPath, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(ModelError.Unloadable, modelPath, $"ONNX Runtime {OnnxRuntimeVersion} can't load {modelPath} ({e.Message}): use a model made for this version", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // ONNX Runtime itself stays loaded until the process ends: unloading it is not safe while sessions live
    }
}
