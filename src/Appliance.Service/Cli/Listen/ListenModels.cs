using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;
using Appliance.Speech.Listening;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;

namespace Appliance.Service.Cli.Listen;

/// <summary>The models that listening needs; the smaller one is loaded when it is needed first.</summary>
internal sealed class ListenModels(ListenRequest request, Terminal terminal) : IDisposable
{
    private readonly TerminalLogger _logger = new(terminal);
    private readonly ModelCatalog _catalog = new(request.ModelRoots, new TerminalLogger(terminal));
    private ModelFolder? _folder;
    private ModelFolder? _fallbackFolder;
    private ModelFolder? _vadFolder;
    private SessionFactory? _sessions;
    private WhisperModel? _model;
    private WhisperModel? _fallback;
    private SileroVad? _voiceActivity;

    /// <summary>What a listener takes; after <see cref="Load"/>.</summary>
    public ListenerParts Parts => new()
    {
        Model = _model!,
        VoiceActivity = _voiceActivity,
        FallbackModel = _fallbackFolder is { } folder ? () => _fallback = WhisperModel.Load(folder, _sessions!) : null,
    };

    /// <summary>Finds all of them, so that a wrong name is told before anything is loaded.</summary>
    /// <exception cref="ModelException">One is missing.</exception>
    public void Find()
    {
        _folder = _catalog.Find(request.Model, ModelKinds.Whisper);
        _fallbackFolder = request.FallbackModel is { } name ? _catalog.Find(name, ModelKinds.Whisper) : null;
        try
        {
            _vadFolder = _catalog.Find(KnownNames.VoiceActivityModel, ModelKinds.Vad);
        }
        catch (ModelException fault)
        {
            terminal.WriteWarning($"{fault.Message}; speech is told from silence by its level alone");
        }
    }

    /// <summary>Loads what is needed from the start.</summary>
    /// <exception cref="ModelException">A model can't be loaded.</exception>
    public void Load()
    {
        _sessions = new SessionFactory(request.Inference.ToSessionSettings(), _logger);
        _model = WhisperModel.Load(_folder!, _sessions);
        _voiceActivity = _vadFolder is { } folder ? SileroVad.Load(folder, _sessions) : null;
        ProviderNotes.Tell(terminal, _sessions, request.TellProviders);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _voiceActivity?.Dispose();
        _fallback?.Dispose();
        _model?.Dispose();
        _sessions?.Dispose();
    }
}
