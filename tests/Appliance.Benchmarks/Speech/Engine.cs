using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;
using Appliance.Testing;

namespace Appliance.Benchmarks.Speech;

/// <summary>The embedded default models, loaded as the program loads them.</summary>
internal sealed class Engine : IDisposable
{
    private readonly SessionFactory _sessions;

    public Engine(string model = "whisper-base", int threads = 0)
    {
        List<string> roots = [Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/models")];
        if (SharedFolder.Path is not null)
        {
            roots.Add(Path.Combine(SharedFolder.Path, "models"));
        }

        ModelCatalog catalog = new(roots);
        _sessions = new SessionFactory(new SessionSettings { Threads = threads });
        Model = WhisperModel.Load(catalog.Find(model, "whisper"), _sessions);
        VoiceActivity = new Lazy<SileroVad>(() => SileroVad.Load(catalog.Find("silero-vad", "vad"), _sessions));
    }

    public WhisperModel Model { get; }

    public Lazy<SileroVad> VoiceActivity { get; }

    public Transcriber Transcriber(TranscriptionOptions options) =>
        new(Model, options.UsesVoiceActivity ? VoiceActivity.Value : null);

    public void Dispose()
    {
        Model.Dispose();
        if (VoiceActivity.IsValueCreated)
        {
            VoiceActivity.Value.Dispose();
        }

        _sessions.Dispose();
    }
}
