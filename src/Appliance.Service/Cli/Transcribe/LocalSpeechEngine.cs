using Appliance.Inference.Models;
using Appliance.Native;
using Appliance.Service.Cli.Output;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Cli.Transcribe;

/// <summary>Transcribes in this process. ONNX Runtime and the model are loaded when the first usable input is met.</summary>
internal sealed class LocalSpeechEngine(TranscribeRequest request, Terminal terminal) : ISpeechEngine
{
    private readonly LocalModels _models = new(request, terminal);
    private ModelFolder? _folder;
    private WhisperModel? _model;
    private Transcriber? _transcriber;

    /// <inheritdoc/>
    public void Prepare() => _folder = _models.Find(request.Model);

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
    public void Dispose() => _models.Dispose();

    private void Load()
    {
        _folder ??= _models.Find(request.Model);
        _model = _models.Load(_folder);
        _transcriber = new Transcriber(_model, request.Options.UsesVoiceActivity ? _models.LoadVoiceActivity(_models.FindVoiceActivity()) : null);
        _models.TellProviders();
    }

    private TranscriptionOptions OptionsFor(WhisperModel model) =>
        request.WordsIfPossible && model.HasWordTimestamps ? request.Options with { WordTimestamps = true } : request.Options;
}
