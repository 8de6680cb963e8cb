using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>Runs the decoder's graphs over the encoded audio. The order of calls is that of <see cref="IWhisperGraphs"/>.</summary>
internal sealed class TextDecoder : IDisposable
{
    private readonly DecoderGraphs _graphs;
    private readonly WhisperConfig _config;
    private readonly GraphRunner _runner;
    private readonly DecoderMemory _memory;
    private readonly StepBindings _steps;
    private NativeBuffer? _states;
    private LogitsBuffer _logits;
    private int _windows;

    /// <param name="graphs">The sessions.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="heads">Alignment heads; empty to do without.</param>
    /// <param name="positions">Encoder positions of a window.</param>
    /// <param name="runner">Makes the calls.</param>
    public TextDecoder(
        DecoderGraphs graphs, WhisperConfig config, IReadOnlyList<AlignmentHead> heads, int positions, GraphRunner runner)
    {
        _graphs = graphs;
        _config = config;
        _runner = runner;
        _memory = new DecoderMemory(graphs, config, heads, positions);
        _steps = new StepBindings(config.TextContext);
        _logits = _memory.TextLogits;
    }

    /// <summary>Short cuts to take.</summary>
    public DecoderAbilities Abilities { get; set; }

    /// <summary>The cache of tokens.</summary>
    public SelfCache Self => _memory.Self;

    /// <summary>The cache of audio.</summary>
    public CrossCache Cross => _memory.Cross;

    /// <summary>Bindings that are kept for later steps.</summary>
    public int KeptBindings => _steps.Count;

    private bool SharesCross => Abilities.SharesCross && _windows == 1;

    /// <summary>Takes newly encoded audio.</summary>
    /// <param name="states">Shape [windows, positions, d_model], of the type that the decoder takes; stays the encoder's.</param>
    /// <param name="windows">Windows.</param>
    public void Start(NativeBuffer states, int windows)
    {
        Stop();
        _states = states;
        _windows = windows;
        Reserve(windows, windows);
    }

    /// <summary>Forgets the audio.</summary>
    public void Stop()
    {
        _windows = 0;
        EndRun();
        Cross.Clear();
    }

    /// <summary><see cref="IWhisperGraphs.Prompt"/>.</summary>
    public void Prompt(ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken)
    {
        CheckAudio();
        DecoderArguments.CheckTokens(tokens, _windows, length, 0, _config);
        DecoderArguments.CheckLogitRows(logitRows, length);
        EndRun();
        bool cached = StartsCached();
        if (cached)
        {
            Cross.Spread(1);
        }
        else
        {
            Cross.Clear();
        }

        DecoderCall call = new(GraphCallKind.Prompt, _windows, length, Past: 0, CrossRows: _windows, cached);
        Run(call, tokens, logitRows, cancellationToken);
        Self.Accept(_windows, length, SelfCache.Target(0, length));
        if (!cached)
        {
            Cross.Accept(_windows);
        }
    }

    /// <summary><see cref="IWhisperGraphs.Expand"/>.</summary>
    public void Expand(int rowsPerWindow)
    {
        CheckRun();
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerWindow, 1);
        if (Self.Rows != _windows)
        {
            throw new InvalidOperationException("the rows of this run have been repeated already");
        }

        int rows = _windows * rowsPerWindow;
        Reserve(rows, SharesCross ? 1 : rows);
        Self.Repeat(rowsPerWindow);
        if (!SharesCross)
        {
            Cross.Spread(rowsPerWindow);
        }
    }

    /// <summary><see cref="IWhisperGraphs.Step"/>.</summary>
    public void Step(ReadOnlySpan<int> tokens, CancellationToken cancellationToken) =>
        Continue(GraphCallKind.Step, tokens, 1, [0], cancellationToken);

    /// <summary>Like <see cref="Step"/>, with several tokens a row.</summary>
    /// <param name="tokens">Shape [rows, length].</param>
    /// <param name="length">Tokens a row.</param>
    /// <param name="logitRows">Which of them get logits, ascending.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public void Append(ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken) =>
        Continue(GraphCallKind.Prompt, tokens, length, logitRows, cancellationToken);

    /// <summary><see cref="IWhisperGraphs.Reorder"/>.</summary>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        CheckRun();
        DecoderArguments.CheckParents(parents, Self.Rows, _windows);
        Self.Reorder(parents);
    }

    /// <summary><see cref="IWhisperGraphs.Logits"/>.</summary>
    public Span<float> Logits(int row, int logitRow) => _logits.Row(row, logitRow);

    /// <summary><see cref="IWhisperGraphs.Align"/>; ends the run.</summary>
    public AlignmentScores Align(ReadOnlySpan<int> tokens, CancellationToken cancellationToken)
    {
        CheckAudio();
        DecoderArguments.CheckTokens(tokens, 1, tokens.Length, 0, _config);
        EndRun();
        _memory.Attentions.Reserve(tokens.Length);
        DecoderCall call = new(GraphCallKind.Align, Rows: 1, tokens.Length, Past: 0, CrossRows: 1, StartsCached());
        int[] all = [.. Enumerable.Range(0, tokens.Length)];
        Run(call, tokens, all, cancellationToken);
        return _memory.Attentions.Gather(tokens.Length);
    }

    /// <summary>Frees bindings and memory.</summary>
    public void Dispose()
    {
        _steps.Dispose();
        _memory.Dispose();
    }

    private bool StartsCached() => Abilities.StartsCached && Cross.Windows == _windows;

    private void Continue(
        GraphCallKind kind, ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken)
    {
        CheckRun();
        int rows = Self.Rows;
        int past = Self.Length;
        DecoderArguments.CheckTokens(tokens, rows, length, past, _config);
        DecoderArguments.CheckLogitRows(logitRows, length);
        Run(new DecoderCall(kind, rows, length, past, SharesCross ? 1 : rows, Cached: true), tokens, logitRows, cancellationToken);
        Self.Accept(rows, past + length, SelfCache.Target(past, length));
    }

    private void Run(DecoderCall call, ReadOnlySpan<int> tokens, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken)
    {
        DecoderGraph graph = _graphs.For(call);
        bool kept = call.Kind == GraphCallKind.Step && graph.Session.ReadsProcessorMemory;
        _logits.Clear();
        _logits = call.Kind == GraphCallKind.Step ? _memory.StepLogits : _memory.TextLogits;
        _logits.Reserve(call.Rows, call.Length);
        _memory.Tokens.Write(tokens, call.Length, call.Past);
        OrtIoBinding binding = (kept ? _steps.Find(call) : null) ?? Bind(call, kept);
        try
        {
            _runner.Run(graph.Session, binding, Shape(call, logitRows.Length), cancellationToken);
        }
        finally
        {
            if (!kept)
            {
                binding.Dispose();
            }
        }

        _logits.Accept(call.Rows, call.Length, logitRows);
    }

    private OrtIoBinding Bind(DecoderCall call, bool kept)
    {
        OrtIoBinding binding = _memory.Bind(call, _states!);
        if (kept)
        {
            _steps.Add(call, binding);
        }

        return binding;
    }

    private GraphCall Shape(DecoderCall call, int logitRows) => new(
        call.Kind,
        call.Kind == GraphCallKind.Align ? 1 : _windows,
        call.Rows,
        call.Length,
        logitRows,
        call.Past + call.Length);

    private void Reserve(int rows, int crossRows)
    {
        if (_memory.Reserve(rows, crossRows))
        {
            _steps.Clear();
        }
    }

    private void EndRun()
    {
        Self.Clear();
        _logits.Clear();
    }

    private void CheckAudio()
    {
        if (_windows == 0)
        {
            throw new InvalidOperationException("no audio has been encoded");
        }
    }

    private void CheckRun()
    {
        if (Self.Length == 0)
        {
            throw new InvalidOperationException("no run has begun: a prompt comes first");
        }
    }
}
