using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Native;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Transcribes in this process. ONNX Runtime and the model are loaded when the first usable input is met.</summary>
internal sealed class LocalSpeechEngine(TranscribeRequest request, Terminal terminal) : ISpeechEngine
{
    private readonly TerminalLogger _logger = new(terminal);
    private readonly ModelCatalog _catalog = new(request.ModelRoots, new TerminalLogger(terminal));
    private ModelFolder? _folder;
    private SessionFactory? _sessions;
    private WhisperModel? _model;
    private SileroVad? _voiceActivity;
    private Transcriber? _transcriber;

    /// <inheritdoc/>
    public void Prepare() => _folder = _catalog.Find(request.Model, ModelKinds.Whisper);

    /// <inheritdoc/>
    public Transcript Transcribe(InputFile input, IProgress<TranscriptionProgress> progress, CancellationToken cancellationToken)
    {
        AudioInput audio = new(input.Path, new AudioFileOptions { Channel = request.Channel });
        if (_transcriber is null)
        {
            // an input that can't be used must not cost the load of a model
            audio.Open(cancellationToken).Dispose();
            Load();
        }

        return _transcriber!.Transcribe(audio, OptionsFor(_model!), progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _voiceActivity?.Dispose();
        _model?.Dispose();
        _sessions?.Dispose();
    }

    private void Load()
    {
        _folder ??= _catalog.Find(request.Model, ModelKinds.Whisper);
        _sessions = new SessionFactory(request.Inference.ToSessionSettings(), _logger);
        _model = WhisperModel.Load(_folder, _sessions);
        _voiceActivity = request.Options.UsesVoiceActivity ? SileroVad.Load(_catalog.Find(KnownNames.VoiceActivityModel, ModelKinds.Vad), _sessions) : null;
        _transcriber = new Transcriber(_model, _voiceActivity);
        ProviderNotes.Tell(terminal, _sessions, request.TellProviders);
    }

    private TranscriptionOptions OptionsFor(WhisperModel model) =>
        request.WordsIfPossible && model.HasWordTimestamps ? request.Options with { WordTimestamps = true } : request.Options;
}
