using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Inference.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>
/// Whisper in the ONNX layouts of the Hugging Face hub: encoder_model with decoder_model_merged, or with decoder_model and
/// decoder_with_past_model. Names, element types and sizes come from the sessions, so that every precision and every generation of
/// exports takes the same way (optimum: exporters/onnx/model_configs.py).
/// </summary>
internal sealed class HuggingFaceGraphs : IWhisperGraphs
{
    private readonly HuggingFaceSessions _sessions;
    private readonly WhisperConfig _config;
    private readonly IReadOnlyList<AlignmentHead> _alignmentHeads;
    private readonly GraphRunner _runner;
    private readonly AudioEncoder _encoder;
    private readonly TextDecoder _decoder;
    private readonly NativeBuffer _selected = new();
    private int _windows;
    private int _window = -1;

    /// <param name="sessions">The graphs; disposed with this object, and when it cannot be made.</param>
    /// <param name="config">The sizes of config.json.</param>
    /// <param name="alignmentHeads">The heads that <see cref="Align"/> gathers, in their order.</param>
    /// <exception cref="ModelException">The graphs are of no known layout, contradict config.json, or do not run.</exception>
    public HuggingFaceGraphs(HuggingFaceSessions sessions, WhisperConfig config, IReadOnlyList<AlignmentHead> alignmentHeads)
    {
        _sessions = sessions;
        _config = config;
        _alignmentHeads = alignmentHeads;
        try
        {
            EncoderSignature encoder = EncoderSignature.Read(sessions.Encoder, config, sessions.Folder);
            DecoderGraphs decoder = DecoderGraphs.Read(sessions, config);
            DecoderAbilities abilities = DecoderProbe.Run(decoder, config, sessions.Folder);
            HasAlignment = alignmentHeads.Count > 0 && decoder.HaveAttentions(alignmentHeads);
            _runner = new GraphRunner(sessions.Folder);
            _encoder = new AudioEncoder(new GraphSession(sessions.Encoder), encoder, config, decoder.StatesType, _runner);
            _decoder = new TextDecoder(decoder, config, HasAlignment ? alignmentHeads : [], config.AudioContext, _runner)
            {
                Abilities = abilities,
            };
        }
        catch
        {
            sessions.Dispose();
            throw;
        }

        Dimensions = new WhisperDimensions
        {
            MelCount = config.MelCount,
            AudioContext = config.AudioContext,
            TextContext = config.TextContext,
            VocabularySize = config.VocabularySize,
            DecoderLayers = config.DecoderLayers,
            DecoderHeads = config.DecoderHeads,
        };
    }

    /// <inheritdoc/>
    public WhisperDimensions Dimensions { get; }

    /// <summary>False: the exported encoder adds a fixed table of positions.</summary>
    public bool HasFreeAudioContext => false;

    /// <inheritdoc/>
    public bool HasAlignment { get; }

    /// <summary>False: these layouts repeat the audio's cache for every row anyway.</summary>
    public bool CanDropWindows => false;

    /// <inheritdoc/>
    public GraphCalls Calls => _runner.Calls;

    /// <inheritdoc/>
    public IWhisperGraphs Share() => new HuggingFaceGraphs(_sessions with { IsShare = true }, _config, _alignmentHeads);

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<float> logMel, int windows, int frames, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windows, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(frames, _config.Frames);
        if (logMel.Length != (long)windows * _config.MelCount * frames)
        {
            throw new ArgumentException($"{logMel.Length} values for {windows} windows of {_config.MelCount} x {frames}", nameof(logMel));
        }

        _decoder.Stop();
        _encoder.Encode(logMel, windows, cancellationToken);
        _decoder.Start(_encoder.States, windows);
        (_windows, _window) = (windows, -1);
    }

    /// <inheritdoc/>
    public void Select(int window)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(window, _windows);
        window = Math.Max(window, -1);
        if (window == _window)
        {
            return;
        }

        if (window < 0)
        {
            _decoder.Start(_encoder.States, _windows);
        }
        else
        {
            _encoder.CopyStates(window, _selected);
            _decoder.Start(_selected, 1);
        }

        _window = window;
    }

    /// <inheritdoc/>
    public void Prompt(ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken) =>
        _decoder.Prompt(tokens, length, logitRows, cancellationToken);

    /// <inheritdoc/>
    public void Expand(int rowsPerWindow) => _decoder.Expand(rowsPerWindow);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<int> tokens, CancellationToken cancellationToken) => _decoder.Step(tokens, cancellationToken);

    /// <inheritdoc/>
    public void Keep(ReadOnlySpan<int> windows) => throw new NotSupportedException("ask CanDropWindows first");

    /// <inheritdoc/>
    public void Reorder(ReadOnlySpan<int> parents) => _decoder.Reorder(parents);

    /// <inheritdoc/>
    public Span<float> Logits(int row, int logitRow) => _decoder.Logits(row, logitRow);

    /// <inheritdoc/>
    public AlignmentScores Align(ReadOnlySpan<int> tokens, CancellationToken cancellationToken) => HasAlignment
        ? _decoder.Align(tokens, cancellationToken)
        : throw new InvalidOperationException("these graphs give no cross-attentions; ask HasAlignment first");

    /// <summary>Frees buffers, bindings and sessions.</summary>
    public void Dispose()
    {
        _decoder.Dispose();
        _encoder.Dispose();
        _selected.Dispose();
        _runner.Dispose();
        _sessions.Dispose();
    }
}
