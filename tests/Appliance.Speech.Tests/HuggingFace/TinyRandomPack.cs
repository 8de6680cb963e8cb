using Appliance.Speech.Recognition.Graphs;
using Appliance.Inference.Sessions;
using Appliance.Speech.Recognition.Graphs.HuggingFace;
using Appliance.Testing;
using Appliance.Testing.Golden;

namespace Appliance.Speech.Tests.HuggingFace;

/// <summary>One folder of shared/golden/speech/tiny-random.</summary>
internal sealed class TinyRandomPack : IDisposable
{
    private readonly SessionFactory _factory = new(new SessionSettings { Providers = ["cpu"], Threads = 1 });

    private TinyRandomPack(string folder)
    {
        Folder = folder;
        Golden = WhisperGolden.Read(Path.Combine(folder, "golden.json"));
        Config = WhisperConfig.Read(folder);
        Heads = AlignmentHeads.Read(folder, Config);
    }

    public static TheoryData<string> Layouts { get; } =
    [
        "merged-fp32", "merged-fp32-attn", "split-fp32", "merged-fp16-attn", "merged-fp16-io32", "merged-quantized", "merged-q4",
        "merged-cache-position", "merged-no-branch", "merged-128mel", "merged-external",
    ];

    public string Folder { get; }

    public WhisperGolden Golden { get; }

    public WhisperConfig Config { get; }

    public IReadOnlyList<AlignmentHead> Heads { get; }

    /// <summary>What huggingface-layouts.md says of each precision. In q8 a value on the edge of rounding moves all by a little: 1e-5 here, 0.002 in two rows.</summary>
    public float Tolerance => Golden.Layout switch
    {
        "merged-fp16-attn" or "merged-fp16-io32" => 0.05f,
        "merged-q4" or "merged-no-branch" => 0.02f,
        "merged-quantized" => 0.01f,
        _ => 1e-4f,
    };

    public static TinyRandomPack Open(string layout) => new(SharedFolder.Require("golden", "speech", "tiny-random", layout));

    public HuggingFaceSessions OpenSessions()
    {
        string onnx = Path.Combine(Folder, "onnx");
        return HuggingFaceSessions.Open(
            Folder,
            Path.Combine(onnx, Golden.Files.Encoder),
            Path.Combine(onnx, Golden.Files.Decoder),
            Golden.Files.DecoderWithPast is { } past ? Path.Combine(onnx, past) : null,
            _factory);
    }

    public HuggingFaceGraphs OpenGraphs() => new(OpenSessions(), Config, Heads);

    /// <summary>The features of golden.json for rows from <paramref name="first"/> on.</summary>
    public float[] Features(int windows, int first = 0)
    {
        float[] features = new float[windows * Config.MelCount * Config.Frames];
        int index = 0;
        for (int window = first; window < first + windows; window++)
        {
            for (int mel = 0; mel < Config.MelCount; mel++)
            {
                for (int frame = 0; frame < Config.Frames; frame++)
                {
                    features[index++] = (float)(0.5 * Math.Sin((0.013 + (0.004 * window)) * (mel + 1) * (frame + 1)));
                }
            }
        }

        return features;
    }

    public void Dispose() => _factory.Dispose();
}
