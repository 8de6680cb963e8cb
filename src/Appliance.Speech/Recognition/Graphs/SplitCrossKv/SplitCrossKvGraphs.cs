using Appliance.Inference.Sessions;
using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.SplitCrossKv;

/// <summary>
/// The embedded pack's dialect (design: speech.md §3b). One ONNX Runtime call is one step; the self cache is written in place, since
/// `present_*` is bound to the memory of `self_*`; everything but the tokens and their positions is bound once a run.
/// </summary>
internal sealed class SplitCrossKvGraphs : IWhisperGraphs
{
    private readonly GraphSession _encoder;
    private readonly GraphSession _decoder;
    private readonly SplitCrossKvSignature _signature;
    private readonly string _path;
    private readonly bool _isShare;
    private readonly GraphRunner _runner;
    private readonly CrossCache _cross;
    private readonly SelfCache _self;
    private readonly NativeBuffer _logMel = new();
    private readonly NativeBuffer _logits = new();
    private readonly NativeBuffer _scores = new();
    private readonly NativeBuffer _tokens = new();
    private readonly NativeBuffer _lastPosition = new();
    private readonly NativeBuffer _totalLength = new();
    private readonly NativeBuffer _logitRows = new();
    private BoundCall? _step;
    private int _firstWindow;
    private int _windows;
    private int _logitRowCount;

    /// <param name="encoder">Session of encoder.onnx; owned.</param>
    /// <param name="decoder">Session of decoder.onnx; owned.</param>
    /// <param name="signature">What the sessions say.</param>
    /// <param name="path">Folder of the pack, for errors.</param>
    public SplitCrossKvGraphs(InferenceSession encoder, InferenceSession decoder, SplitCrossKvSignature signature, string path)
        : this(encoder, decoder, signature, path, isShare: false)
    {
    }

    private SplitCrossKvGraphs(InferenceSession encoder, InferenceSession decoder, SplitCrossKvSignature signature, string path, bool isShare)
    {
        (_path, _isShare) = (path, isShare);
        _encoder = new GraphSession(encoder);
        _decoder = new GraphSession(decoder);
        _signature = signature;
        _runner = new GraphRunner(path);
        _cross = new CrossCache(signature);
        _self = new SelfCache(signature);
        _totalLength.Reserve(sizeof(int));
    }

    /// <inheritdoc />
    public WhisperDimensions Dimensions => _signature.Dimensions;

    /// <inheritdoc />
    public bool HasFreeAudioContext => true;

    /// <inheritdoc />
    public bool HasAlignment => _signature.AlignmentHeads > 0;

    /// <inheritdoc />
    public bool CanDropWindows => _cross.Windows > 1;

    /// <inheritdoc />
    public GraphCalls Calls => _runner.Calls;

    /// <inheritdoc />
    public IWhisperGraphs Share() => new SplitCrossKvGraphs(_encoder.Session, _decoder.Session, _signature, _path, isShare: true);

    /// <inheritdoc />
    public void Encode(ReadOnlySpan<float> logMel, int windows, int frames, CancellationToken cancellationToken)
    {
        int elements = Dimensions.MelCount * frames;
        ArgumentOutOfRangeException.ThrowIfNotEqual(logMel.Length, windows * elements);
        ForgetStep();
        _logMel.Reserve((long)elements * ElementTypes.Bytes(_signature.Element));
        _cross.Shape(windows, frames / 2);

        // one window a call: on a processor several at once are no faster and take several times the memory
        for (int window = 0; window < windows; window++)
        {
            ElementTypes.Write(logMel.Slice(window * elements, elements), _logMel, _signature.Element);
            using BoundCall call = new(_encoder.Session);
            call.Input("log_mel", _logMel.View(_signature.Element, [1, Dimensions.MelCount, frames]));
            _cross.BindOutputs(call, window);
            _runner.Run(_encoder, call.Binding, new GraphCall(GraphCallKind.Encode, 1, 0, frames, 0, 0), cancellationToken);
            _cross.Accept(call);
        }

        Select(-1);
    }

    /// <inheritdoc />
    public void Select(int window)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(window, _cross.Windows);
        (_firstWindow, _windows) = window < 0 ? (0, _cross.Windows) : (window, 1);
        ForgetStep();
    }

    /// <inheritdoc />
    public void Prompt(ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Length, _windows * length);
        ForgetStep();
        _self.Start(_windows);
        using BoundCall call = BindDecoder(tokens, length, logitRows, withScores: false);
        _runner.Run(_decoder, call.Binding,
            new GraphCall(GraphCallKind.Prompt, _windows, _windows, length, logitRows.Length, length), cancellationToken);
        _self.Append(tokens, length);
    }

    /// <inheritdoc />
    public void Expand(int rowsPerWindow)
    {
        if (rowsPerWindow > 1)
        {
            ForgetStep();
            _self.Expand(rowsPerWindow);
        }
    }

    /// <inheritdoc />
    public void Step(ReadOnlySpan<int> tokens, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tokens.Length, _self.Rows);
        if (_step is null)
        {
            _step = BindDecoder(tokens, 1, [0], withScores: false);
        }
        else
        {
            Feed(tokens, 1);
        }

        _runner.Run(_decoder, _step.Binding,
            new GraphCall(GraphCallKind.Step, _windows, _self.Rows, 1, 1, _self.Position + 1), cancellationToken);
        _self.Append(tokens, 1);
        if (!_decoder.ReadsProcessorMemory)
        {
            // a device got a copy of the tokens and of the cache when they were bound
            ForgetStep();
        }
    }

    /// <inheritdoc />
    public void Keep(ReadOnlySpan<int> windows)
    {
        if (_firstWindow != 0 || _self.Rows != _windows)
        {
            throw new InvalidOperationException("windows are kept of a run over all windows with one row each");
        }

        ForgetStep();
        _cross.Keep(windows);
        _self.Keep(windows);
        _windows = windows.Length;
    }

    /// <inheritdoc />
    public void Reorder(ReadOnlySpan<int> parents) => _self.Reorder(parents);

    /// <inheritdoc />
    public Span<float> Logits(int row, int logitRow) =>
        _logits.Elements<float>((((long)row * _logitRowCount) + logitRow) * Dimensions.VocabularySize, Dimensions.VocabularySize);

    /// <inheritdoc />
    public AlignmentScores Align(ReadOnlySpan<int> tokens, CancellationToken cancellationToken)
    {
        if (!HasAlignment)
        {
            throw new InvalidOperationException("this pack has no alignment scores");
        }

        int selected = _firstWindow;
        int all = _windows;
        _windows = 1;
        ForgetStep();
        _self.Start(1);
        int[] rows = new int[tokens.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        using BoundCall call = BindDecoder(tokens, tokens.Length, rows, withScores: true);
        _runner.Run(_decoder, call.Binding,
            new GraphCall(GraphCallKind.Align, 1, 1, tokens.Length, tokens.Length, tokens.Length), cancellationToken);
        (_firstWindow, _windows) = (selected, all);
        int count = _signature.AlignmentHeads * tokens.Length * _cross.Positions;
        return new AlignmentScores(_signature.AlignmentHeads, tokens.Length, _cross.Positions, _scores.Memory<float>(count).Memory, AfterSoftmax: false);
    }

    public void Dispose()
    {
        ForgetStep();
        if (!_isShare)
        {
            _encoder.Session.Dispose();
            _decoder.Session.Dispose();
        }

        _runner.Dispose();
        _cross.Dispose();
        _self.Dispose();
        foreach (NativeBuffer buffer in (NativeBuffer[])[_logMel, _logits, _scores, _tokens, _lastPosition, _totalLength, _logitRows])
        {
            buffer.Dispose();
        }
    }

    /// <summary>Binds a call of <paramref name="length"/> new tokens a row at the cache's present number of rows.</summary>
    private BoundCall BindDecoder(ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, bool withScores)
    {
        int rows = _self.Rows;
        _logitRowCount = logitRows.Length;
        _tokens.Reserve((long)rows * length * sizeof(long));
        _lastPosition.Reserve(rows * sizeof(int));
        _logitRows.Reserve(logitRows.Length * sizeof(long));
        _logits.Reserve((long)rows * logitRows.Length * Dimensions.VocabularySize * sizeof(float));
        Span<long> wanted = _logitRows.Elements<long>(0, logitRows.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = logitRows[i];
        }

        // before the inputs are bound: a device takes its copy then
        Feed(tokens, length);
        BoundCall call = new(_decoder.Session);
        call.Input("tokens", _tokens.View(TensorElementType.Int64, [rows, length]));
        call.Input("last_position", _lastPosition.View(TensorElementType.Int32, [rows]));
        call.Input("total_length", _totalLength.View(TensorElementType.Int32, [1]));
        call.Input("logit_rows", _logitRows.View(TensorElementType.Int64, [logitRows.Length]));
        for (int i = 0; i < _self.Count; i++)
        {
            call.Input(SelfCache.Name("self", i), _self.View(i));
            call.Output(SelfCache.Name("present", i), _self.View(i));
        }

        _cross.BindInputs(call, _firstWindow, _windows);
        call.Output("logits", _logits.View(TensorElementType.Float, [rows, logitRows.Length, Dimensions.VocabularySize]));
        if (withScores)
        {
            long[] shape = [1, _signature.AlignmentHeads, length, _cross.Positions];
            _scores.Reserve((long)_signature.AlignmentHeads * length * _cross.Positions * sizeof(float));
            call.Output("alignment_scores", _scores.View(TensorElementType.Float, shape));
        }

        return call;
    }

    private void Feed(ReadOnlySpan<int> tokens, int length)
    {
        int total = _self.Position + length;
        if (total > _self.Capacity)
        {
            throw new ArgumentException($"{total} tokens do not fit into a cache of {_self.Capacity}", nameof(tokens));
        }

        Span<long> fed = _tokens.Elements<long>(0, tokens.Length);
        for (int i = 0; i < fed.Length; i++)
        {
            fed[i] = tokens[i];
        }

        _lastPosition.Elements<int>(0, _self.Rows).Fill(total - 1);
        _totalLength.Elements<int>(0, 1)[0] = total;
    }

    private void ForgetStep()
    {
        _step?.Dispose();
        _step = null;
    }
}
