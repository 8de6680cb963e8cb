using Appliance.Inference.Sessions;
using Appliance.Inference.Tensors;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Graphs.HuggingFace;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Tests.HuggingFace;

/// <summary>The parts of <see cref="HuggingFaceGraphs"/> over one pack, open to look into.</summary>
internal sealed class TinyRandomParts : IDisposable
{
    private readonly HuggingFaceSessions _sessions;
    private readonly GraphRunner _runner;
    private readonly EncoderSignature _signature;
    private readonly WhisperConfig _config;

    public TinyRandomParts(TinyRandomPack pack)
    {
        _sessions = pack.OpenSessions();
        _runner = new GraphRunner(pack.Folder);
        Graphs = DecoderGraphs.Read(_sessions, pack.Config);
        _config = pack.Config;
        _signature = EncoderSignature.Read(_sessions.Encoder, pack.Config, pack.Folder);
        Encoder = new AudioEncoder(new GraphSession(_sessions.Encoder), _signature, pack.Config, Graphs.StatesType, _runner);
        Decoder = new TextDecoder(Graphs, pack.Config, [], pack.Config.AudioContext, _runner)
        {
            Abilities = DecoderProbe.Run(Graphs, pack.Config, pack.Folder),
        };
    }

    public DecoderGraphs Graphs { get; }

    public AudioEncoder Encoder { get; }

    public TextDecoder Decoder { get; }

    public void Encode(float[] features, int windows)
    {
        Encoder.Encode(features, windows, CancellationToken.None);
        Decoder.Start(Encoder.States, windows);
    }

    /// <summary>Encodes all windows in one call, as the goldens were: in q8 they then share one scale of activations.</summary>
    public void EncodeTogether(float[] features, int windows)
    {
        NativeBuffer input = new(), output = new();
        TensorElementType type = _signature.Features.ElementType;
        input.Reserve(features.Length * sizeof(float));
        ElementTypes.Write(features, input, type);
        output.Reserve(windows * _config.AudioContext * _config.StateSize * sizeof(float));
        using OrtIoBinding binding = _sessions.Encoder.CreateIoBinding();
        GraphBinding names = new(binding);
        names.Input(_signature.Features, input.View(type, [windows, _config.MelCount, _config.Frames]));
        names.Output(
            _signature.States,
            output.View(_signature.States.ElementType, [windows, _config.AudioContext, _config.StateSize]));
        using RunOptions options = new();
        _sessions.Encoder.RunWithBinding(options, binding);
        Assert.Equal(_signature.States.ElementType, Graphs.StatesType);
        Decoder.Start(output, windows);
    }

    public void Dispose()
    {
        Decoder.Dispose();
        Encoder.Dispose();
        _runner.Dispose();
        _sessions.Dispose();
    }
}
