using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Native;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Health.SelfTests;

/// <summary>What the tests work on; each part is loaded by the first test that needs it.</summary>
internal sealed class SelfTestContext(ApplianceSettings settings) : IDisposable
{
    /// <summary>The model that the golden results belong to, whatever the configuration names.</summary>
    private const string GoldenModel = "whisper-base";

    /// <summary>The same for pictures.</summary>
    private const string GoldenImageModel = "emoji-diffusion";

    private readonly ModelCatalog _catalog = new(settings.Models.Roots);
    private readonly Lazy<string> _clip = new(FindClip);
    private readonly Lazy<SessionFactory> _sessions = new(() => new SessionFactory(settings.Inference.ToSessionSettings()));

    private float[]? _samples;
    private WhisperModel? _model;

    /// <summary>The golden results.</summary>
    public Golden Golden { get; } = Golden.Load();

    /// <summary>The bundled clip.</summary>
    public string Clip => _clip.Value;

    /// <summary>The clip's samples, 16 kHz mono.</summary>
    public float[] Samples => _samples ??= ReadClip();

    /// <summary>ONNX Runtime with the configured providers.</summary>
    public SessionFactory Sessions => _sessions.Value;

    /// <summary>The folder of the speech model.</summary>
    public ModelFolder ModelFolder => _catalog.Find(GoldenModel, ModelKinds.Whisper);

    /// <summary>The folder of the voice activity model.</summary>
    public ModelFolder VoiceActivityFolder => _catalog.Find(KnownNames.VoiceActivityModel, ModelKinds.Vad);

    /// <summary>The folder of the model that draws.</summary>
    public ModelFolder ImageModelFolder => _catalog.Find(GoldenImageModel, ModelKinds.Diffusion);

    /// <summary>The speech model.</summary>
    public WhisperModel Model => _model ??= WhisperModel.Load(ModelFolder, Sessions);

    /// <inheritdoc/>
    public void Dispose()
    {
        _model?.Dispose();
        if (_sessions.IsValueCreated)
        {
            _sessions.Value.Dispose();
        }
    }

    private static string FindClip() => ProductFiles.FindBundledClip()
        ?? throw new FileNotFoundException("the bundled clip jfk.flac is not there: install the program again");

    private float[] ReadClip()
    {
        const int Block = 1 << 14;
        using AudioFileReader reader = AudioFileReader.Open(Clip, new AudioFileOptions());
        List<float> samples = [];
        float[] block = new float[Block];
        for (int count = reader.Read(block); count > 0; count = reader.Read(block))
        {
            samples.AddRange(block.AsSpan(0, count));
        }

        return [.. samples];
    }
}
