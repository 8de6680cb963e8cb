using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Recognition;

/// <summary>The models and the clip that the product ships, loaded once for a class of tests.</summary>
public sealed class EmbeddedModel : IDisposable
{
    private readonly SessionFactory _sessions = new(new SessionSettings());

    public EmbeddedModel()
    {
        ModelCatalog catalog = new([Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/models")]);
        Model = WhisperModel.Load(catalog.Find("whisper-base", "whisper"), _sessions);
        VoiceActivity = SileroVad.Load(catalog.Find("silero-vad", "vad"), _sessions);
        Transcriber = new Transcriber(Model, VoiceActivity);
    }

    public WhisperModel Model { get; }

    public SileroVad VoiceActivity { get; }

    public Transcriber Transcriber { get; }

    public static AudioInput Clip => new(BundledClip.Path, new AudioFileOptions());

    public void Dispose()
    {
        Model.Dispose();
        VoiceActivity.Dispose();
        _sessions.Dispose();
    }
}
