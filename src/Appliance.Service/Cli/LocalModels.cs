using Appliance.Imaging.Models;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;

namespace Appliance.Service.Cli;

/// <summary>The models of one call, and ONNX Runtime for them; each is loaded when it is asked for first.</summary>
internal sealed class LocalModels : IDisposable
{
    private readonly ModelRequest _request;
    private readonly Terminal _terminal;
    private readonly TerminalLogger _logger;
    private readonly ModelCatalog _catalog;
    private readonly List<IDisposable> _loaded = [];
    private SessionFactory? _sessions;

    public LocalModels(ModelRequest request, Terminal terminal)
    {
        _request = request;
        _terminal = terminal;
        _logger = new TerminalLogger(terminal);
        _catalog = new ModelCatalog(request.ModelRoots, _logger);
    }

    /// <summary>The execution provider that graphs run on, the preferred of those that can be used.</summary>
    public string Provider => Sessions().Providers.First(report => report.Used).Name;

    /// <summary>Threads of a graph call.</summary>
    public int Threads => Sessions().Threads;

    /// <summary>Finds a Whisper model by name or path.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public ModelFolder Find(string name) => _catalog.Find(name, ModelKinds.Whisper);

    /// <summary>Finds the voice activity detector.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public ModelFolder FindVoiceActivity() => _catalog.Find(KnownNames.VoiceActivityModel, ModelKinds.Vad);

    /// <summary>Finds a text-to-image model by name or path.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public ModelFolder FindDiffusion(string name) => _catalog.Find(name, ModelKinds.Diffusion);

    /// <summary>Loads a Whisper model; owned here.</summary>
    /// <exception cref="ModelException">It can't be loaded.</exception>
    public WhisperModel Load(ModelFolder folder) => Own(WhisperModel.Load(folder, Sessions()));

    /// <summary>Loads the voice activity detector; owned here.</summary>
    /// <exception cref="ModelException">It can't be loaded.</exception>
    public SileroVad LoadVoiceActivity(ModelFolder folder) => Own(SileroVad.Load(folder, Sessions()));

    /// <summary>Opens a text-to-image model; owned here.</summary>
    /// <exception cref="ModelException">It can't be used.</exception>
    public DiffusionModel LoadDiffusion(ModelFolder folder) => Own(DiffusionModel.Load(folder, Sessions()));

    /// <summary>Tells a caller who chose execution providers which were passed over; who wants details has them from the log already.</summary>
    public void TellProviders()
    {
        if (!_request.TellProviders || _terminal.Verbosity == Verbosity.Verbose)
        {
            return;
        }

        foreach (ProviderReport report in Sessions().Providers.Where(report => !report.Used))
        {
            _terminal.WriteWarning($"execution provider {report.Name} passed over ({report.Reason}): {report.Text}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loaded.Reverse();
        _loaded.ForEach(model => model.Dispose());
        _sessions?.Dispose();
    }

    private SessionFactory Sessions() => _sessions ??= new SessionFactory(_request.Inference.ToSessionSettings(), _logger);

    private T Own<T>(T model)
        where T : IDisposable
    {
        _loaded.Add(model);
        return model;
    }
}
