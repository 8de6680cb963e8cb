using Appliance.Inference.Sessions;
using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>
/// Runs the encoder, one window a call: several at once gain nothing on a processor, and their attention weights would take
/// several times the memory.
/// </summary>
internal sealed class AudioEncoder : IDisposable
{
    private readonly GraphSession _session;
    private readonly EncoderSignature _signature;
    private readonly WhisperConfig _config;
    private readonly TensorElementType _statesType;
    private readonly GraphRunner _runner;
    private readonly NativeBuffer _features = new();
    private readonly NativeBuffer _given = new();

    /// <param name="session">The graph.</param>
    /// <param name="signature">What it takes and gives.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="statesType">The type in which the decoder takes the states; another is converted.</param>
    /// <param name="runner">Makes the calls.</param>
    public AudioEncoder(
        GraphSession session,
        EncoderSignature signature,
        WhisperConfig config,
        TensorElementType statesType,
        GraphRunner runner)
    {
        _session = session;
        _signature = signature;
        _config = config;
        _statesType = statesType;
        _runner = runner;
    }

    /// <summary>Shape [windows, positions, d_model], of the type that the decoder takes.</summary>
    public NativeBuffer States { get; } = new();

    private int StateCount => _config.AudioContext * _config.StateSize;

    /// <summary>Encodes windows of the model's own length.</summary>
    /// <param name="logMel">Shape [windows, n_mels, frames], float32, row-major.</param>
    /// <param name="windows">Windows.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public void Encode(ReadOnlySpan<float> logMel, int windows, CancellationToken cancellationToken)
    {
        int size = _config.MelCount * _config.Frames;
        _features.Reserve((long)size * ElementTypes.Bytes(_signature.Features.ElementType));
        _given.Reserve((long)StateCount * ElementTypes.Bytes(_signature.States.ElementType));
        States.Reserve((long)windows * StateCount * ElementTypes.Bytes(_statesType));
        for (int window = 0; window < windows; window++)
        {
            ElementTypes.Write(logMel.Slice(window * size, size), _features, _signature.Features.ElementType);
            using OrtIoBinding binding = Bind();
            _runner.Run(_session, binding, new GraphCall(GraphCallKind.Encode, 1, 0, _config.Frames, 0, 0), cancellationToken);
            Store(window);
        }
    }

    /// <summary>Copies the states of one window.</summary>
    public void CopyStates(int window, NativeBuffer target)
    {
        long bytes = (long)StateCount * ElementTypes.Bytes(_statesType);
        target.Reserve(bytes);
        target.CopyFrom(States, window * bytes, 0, bytes);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _features.Dispose();
        _given.Dispose();
        States.Dispose();
    }

    private OrtIoBinding Bind()
    {
        // anew for each window: a device takes its copy of the features when they are bound
        OrtIoBinding binding = _session.Session.CreateIoBinding();
        GraphBinding names = new(binding);
        names.Input(
            _signature.Features, _features.View(_signature.Features.ElementType, [1, _config.MelCount, _config.Frames]));
        names.Output(
            _signature.States, _given.View(_signature.States.ElementType, [1, _config.AudioContext, _config.StateSize]));
        return binding;
    }

    // the encoder's file and the decoder's may be of different precision
    private void Store(int window) => ElementTypes.Convert(
        _given, _signature.States.ElementType, States, _statesType, (long)window * StateCount, StateCount);
}
