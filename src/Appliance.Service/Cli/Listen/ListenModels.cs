using Appliance.Inference.Models;
using Appliance.Service.Cli.Output;
using Appliance.Speech.Listening;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;

namespace Appliance.Service.Cli.Listen;

/// <summary>The models that listening needs; the smaller one is loaded when it is needed first.</summary>
internal sealed class ListenModels(ListenRequest request, Terminal terminal) : IDisposable
{
    private readonly LocalModels _models = new(request, terminal);
    private ModelFolder? _folder;
    private ModelFolder? _fallbackFolder;
    private ModelFolder? _vadFolder;
    private WhisperModel? _model;
    private SileroVad? _voiceActivity;

    /// <summary>What a listener takes; after <see cref="Load"/>.</summary>
    public ListenerParts Parts => new()
    {
        Model = _model!,
        VoiceActivity = _voiceActivity,
        FallbackModel = _fallbackFolder is { } folder ? () => _models.Load(folder) : null,
    };

    /// <summary>Finds all of them, so that a wrong name is told before anything is loaded.</summary>
    /// <exception cref="ModelException">One is missing.</exception>
    public void Find()
    {
        _folder = _models.Find(request.Model);
        _fallbackFolder = request.FallbackModel is { } name ? _models.Find(name) : null;
        try
        {
            _vadFolder = _models.FindVoiceActivity();
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
        _model = _models.Load(_folder!);
        _voiceActivity = _vadFolder is { } folder ? _models.LoadVoiceActivity(folder) : null;
        _models.TellProviders();
    }

    /// <inheritdoc/>
    public void Dispose() => _models.Dispose();
}
