using System.Diagnostics;
using Appliance.Inference.Models;
using Appliance.Inference.Providers;
using Appliance.Native;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Inference.Sessions;

/// <summary>Opens ONNX files on the best execution provider that this machine has. Thread-safe.</summary>
public sealed class SessionFactory : IDisposable
{
    private readonly ILogger _logger;
    private readonly ProviderLadder _ladder;

    /// <summary>Loads ONNX Runtime and looks which execution providers can be used. Opens no device.</summary>
    /// <exception cref="InferenceException">ONNX Runtime can't be loaded or is too old, or a provider's name is unknown.</exception>
    public SessionFactory(SessionSettings settings, ILogger? logger = null)
    {
        _logger = logger ?? NullLogger.Instance;
        IReadOnlyList<IExecutionProvider> providers = ExecutionProviders.Find(settings.Providers);
        Threads = settings.Threads > 0 ? settings.Threads : Environment.ProcessorCount;
        OnnxRuntimeLibrary library = OnnxRuntimeEnvironment.Start(settings.OnnxRuntimeDirectory, _logger);
        OnnxRuntimeVersion = library.Version;
        _ladder = new(providers, Context(library), _logger);
    }

    internal SessionFactory(ProviderLadder ladder, int threads, ILogger logger)
    {
        _logger = logger;
        _ladder = ladder;
        Threads = threads;
        OnnxRuntimeVersion = OnnxRuntimeEnvironment.Start(directory: null, logger).Version;
    }

    /// <summary>Changes the options of every session before it is opened; for measurements of those options.</summary>
    internal Action<SessionOptions>? Adjust { get; init; }

    /// <summary>Version of the native library, such as "1.31.1".</summary>
    public string OnnxRuntimeVersion { get; }

    /// <summary>Threads that one run uses.</summary>
    public int Threads { get; }

    /// <summary>What became of each provider asked for, in that order. Opening a session can change it.</summary>
    public IReadOnlyList<ProviderReport> Providers => _ladder.Reports;

    /// <summary>
    /// Opens a model file. The caller owns the session. A provider on which it can't be opened is passed over from then on,
    /// and <see cref="Providers"/> says why.
    /// </summary>
    /// <exception cref="ModelException">The file is missing, damaged or not loadable.</exception>
    /// <exception cref="InferenceException">None of the providers asked for can be used.</exception>
    public InferenceSession Create(string modelPath, SessionRole role = SessionRole.General)
    {
        string fullPath = Path.GetFullPath(modelPath);
        OnnxContent content = OnnxFile.Read(fullPath);
        OnnxExternalFiles.Check(Path.GetDirectoryName(fullPath)!, fullPath, content);
        Func<SessionOptions> newOptions = () => NewOptions(role, content);
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<IExecutionProvider> providers = _ladder.For(role);
        List<OnnxRuntimeException> faults = [];
        while (faults.Count < providers.Count)
        {
            IExecutionProvider[] rest = [.. providers.Skip(faults.Count)];
            try
            {
                InferenceSession session = Open(fullPath, rest, newOptions);
                PassOver(providers, faults);
                Log.SessionOpened(_logger, fullPath, string.Join(", ", rest.Select(provider => provider.Name)), Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                return session;
            }
            catch (OnnxRuntimeException e)
            {
                faults.Add(e);
            }
        }

        if (providers[^1] is CpuProvider)
        {
            throw Unloadable(fullPath, faults[^1]);
        }

        // only the processor can tell whether the model is at fault or the providers are
        CheckOnProcessor(fullPath, newOptions);
        PassOver(providers, faults);
        return Create(fullPath, role);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // ONNX Runtime itself stays loaded until the process ends: unloading it is not safe while sessions live
    }

    private static ProbeContext Context(OnnxRuntimeLibrary library) => new()
    {
        BuiltIn = OrtEnv.Instance().GetAvailableProviders(),
        RuntimeFolder = Path.GetDirectoryName(library.Path) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory,
        CanLoad = name => System.Runtime.InteropServices.NativeLibrary.TryLoad(name, out _),
        CudaDriverVersion = () => CudaDriver.Version,
    };

    private SessionOptions NewOptions(SessionRole role, OnnxContent content)
    {
        // as scripts/convert-whisper writes it (speech.md §3b)
        bool isFused = content.Metadata.GetValueOrDefault("attention") == "fused";
        SessionOptions options = SessionOptionsBuilder.Create(role == SessionRole.Light ? 1 : Threads, isFused);
        Adjust?.Invoke(options);
        return options;
    }

    private static InferenceSession Open(string modelPath, IReadOnlyList<IExecutionProvider> providers, Func<SessionOptions> newOptions)
    {
        using SessionOptions options = newOptions();
        foreach (IExecutionProvider provider in providers)
        {
            provider.Append(options);
        }

        return new InferenceSession(modelPath, options);
    }

    private void PassOver(IReadOnlyList<IExecutionProvider> providers, List<OnnxRuntimeException> faults)
    {
        for (int i = 0; i < faults.Count; i++)
        {
            _ladder.PassOver(providers[i], faults[i].Message);
        }
    }

    private void CheckOnProcessor(string modelPath, Func<SessionOptions> newOptions)
    {
        try
        {
            Open(modelPath, [], newOptions).Dispose();
        }
        catch (OnnxRuntimeException e)
        {
            throw Unloadable(modelPath, e);
        }
    }

    private ModelException Unloadable(string modelPath, OnnxRuntimeException fault) =>
        new(ModelError.Unloadable, modelPath, $"ONNX Runtime {OnnxRuntimeVersion} can't load {modelPath} ({fault.Message}): use a model made for this version", fault);
}
