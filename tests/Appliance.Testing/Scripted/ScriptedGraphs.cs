using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Testing.Scripted;

/// <summary>
/// Graphs whose logits are written by a test, to drive the loops without a model: each run asks the script for the next token and for
/// how sure it is.
/// </summary>
/// <param name="vocabularySize">Ids.</param>
/// <param name="script">Told of the run so far; says which token comes next.</param>
internal sealed class ScriptedGraphs(int vocabularySize, Func<ScriptedRun, ScriptedToken> script) : IWhisperGraphs
{
    private readonly List<int[]> _encoded = [];
    private readonly List<ScriptedRun> _runs = [];
    private float[] _logits = [];
    private List<int>[] _rows = [];
    private ScriptedRun[] _current = [];
    private int _logitRows;
    private int _windows;

    /// <summary>[windows, frames] of each encoder call.</summary>
    public IReadOnlyList<int[]> Encoded => _encoded;

    /// <summary>Each prompt, in order.</summary>
    public IReadOnlyList<ScriptedRun> Runs => _runs;

    public WhisperDimensions Dimensions { get; } = new()
    {
        MelCount = 80, AudioContext = 1500, TextContext = 448, VocabularySize = vocabularySize, DecoderLayers = 1, DecoderHeads = 1,
    };

    public bool HasFreeAudioContext { get; init; } = true;

    public bool HasAlignment => false;

    public bool CanDropWindows => _encoded[^1][0] > 1;

    /// <summary>Windows that each call of <see cref="Keep"/> left.</summary>
    public List<int[]> Kept { get; } = [];

    public GraphCalls Calls { get; } = new();

    /// <summary>Logit of a token in the first logit row of each prompt, where the no-speech probability is read.</summary>
    public (int Token, float Logit)? SotRow { get; set; }

    public IWhisperGraphs Share() => this;

    public void Encode(ReadOnlySpan<float> logMel, int windows, int frames, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _encoded.Add([windows, frames]);
        _windows = windows;
    }

    public void Select(int window) => _windows = window < 0 ? _encoded[^1][0] : 1;

    public void Prompt(ReadOnlySpan<int> tokens, int length, ReadOnlySpan<int> logitRows, CancellationToken cancellationToken)
    {
        _logitRows = logitRows.Length;
        _rows = new List<int>[_windows];
        _current = new ScriptedRun[_windows];
        _logits = new float[_windows * _logitRows * Dimensions.VocabularySize];
        for (int row = 0; row < _windows; row++)
        {
            _rows[row] = [];
            ScriptedRun run = new(_encoded.Count, _encoded[^1][1], tokens.Slice(row * length, length).ToArray(), row, _rows[row]);
            _runs.Add(run);
            _current[row] = run;
            if (SotRow is (int token, float logit))
            {
                Logits(row, 0)[token] = logit;
            }

            Write(run, Logits(row, _logitRows - 1));
        }
    }

    public void Expand(int rowsPerWindow)
    {
        if (rowsPerWindow != 1)
        {
            throw new NotSupportedException("the script is written for one row a window");
        }
    }

    public void Step(ReadOnlySpan<int> tokens, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _logitRows = 1;
        for (int row = 0; row < tokens.Length; row++)
        {
            _rows[row].Add(tokens[row]);
            Span<float> logits = Logits(row, 0);
            logits.Clear();
            Write(_current[row], logits);
        }
    }

    public void Keep(ReadOnlySpan<int> windows)
    {
        Kept.Add(windows.ToArray());
        _rows = [.. Kept[^1].Select(window => _rows[window])];
        _current = [.. Kept[^1].Select(window => _current[window])];
    }

    public void Reorder(ReadOnlySpan<int> parents) => throw new NotSupportedException("the script is written for one row a window");

    public Span<float> Logits(int row, int logitRow) =>
        _logits.AsSpan(((row * _logitRows) + logitRow) * Dimensions.VocabularySize, Dimensions.VocabularySize);

    public AlignmentScores Align(ReadOnlySpan<int> tokens, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
        // nothing is held
    }

    private void Write(ScriptedRun run, Span<float> logits)
    {
        ScriptedToken token = script(run);
        logits[token.Id] = token.Logit;
    }
}
