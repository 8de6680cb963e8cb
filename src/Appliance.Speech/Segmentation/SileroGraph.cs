using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Segmentation;

/// <summary>
/// The graph of shared/models/silero-vad with its state: <c>input</c> float32 [n, 576], <c>h</c> and <c>c</c> float32 [1, 1, 128] to
/// <c>speech_probs</c> [n], <c>hn</c>, <c>cn</c>. All buffers are bound once for each n that occurs.
/// </summary>
internal sealed class SileroGraph : IDisposable
{
    /// <summary>Most rows of one call: about a second, so that a file is read in blocks of this size without a remainder.</summary>
    public const int MaxRows = 32;

    private const int StateSize = 128;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly int _rowSamples;
    private readonly float[] _rows;
    private readonly float[] _probabilities = new float[MaxRows];
    private readonly StateTensor _hidden = new("h", "hn");
    private readonly StateTensor _cell = new("c", "cn");
    private readonly RowBinding?[] _bindings = new RowBinding?[MaxRows + 1];

    /// <param name="session">Owned from here on.</param>
    /// <param name="rowSamples">Samples a row.</param>
    public SileroGraph(InferenceSession session, int rowSamples)
    {
        if (!Matches(session))
        {
            throw new ArgumentException("this is not the sequence graph of Silero VAD 6 (inputs input, h, c; outputs speech_probs, hn, cn)", nameof(session));
        }

        _session = session;
        _rowSamples = rowSamples;
        _rows = GC.AllocateArray<float>(MaxRows * rowSamples, pinned: true);
    }

    /// <summary>Whether a session has the inputs and outputs that this class feeds.</summary>
    public static bool Matches(InferenceSession session) =>
        session.InputMetadata.Keys.Order(StringComparer.Ordinal).SequenceEqual(["c", "h", "input"])
        && session.OutputMetadata.Keys.Order(StringComparer.Ordinal).SequenceEqual(["cn", "hn", "speech_probs"]);

    /// <summary>State of a stream that has not begun.</summary>
    public void Reset()
    {
        _hidden.Clear();
        _cell.Clear();
    }

    /// <summary>The input of the next run with that many rows, shape [rows, rowSamples].</summary>
    public Span<float> Rows(int rows) => _rows.AsSpan(0, rows * _rowSamples);

    /// <summary>Runs the first rows of the input and carries the state on.</summary>
    /// <returns>Speech probabilities, shape [rows], valid until the next run.</returns>
    public ReadOnlySpan<float> Run(int rows)
    {
        RowBinding binding = _bindings[rows] ??= Bind(rows);
        _session.RunWithBinding(_runOptions, binding.Binding);
        _hidden.Advance();
        _cell.Advance();
        return _probabilities.AsSpan(0, rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RowBinding? binding in _bindings)
        {
            binding?.Dispose();
        }

        _hidden.Dispose();
        _cell.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private RowBinding Bind(int rows)
    {
        RowBinding binding = new(
            _session.CreateIoBinding(),
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _rows.AsMemory(0, rows * _rowSamples), [rows, _rowSamples]),
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _probabilities.AsMemory(0, rows), [rows]));
        binding.Binding.BindInput("input", binding.Rows);
        binding.Binding.BindOutput("speech_probs", binding.Probabilities);
        _hidden.BindTo(binding.Binding);
        _cell.BindTo(binding.Binding);
        return binding;
    }

    private sealed record RowBinding(OrtIoBinding Binding, OrtValue Rows, OrtValue Probabilities) : IDisposable
    {
        public void Dispose()
        {
            Binding.Dispose();
            Rows.Dispose();
            Probabilities.Dispose();
        }
    }

    /// <summary>One half of the recurrent state; in and out are separate buffers since the graph promises nothing about sharing one.</summary>
    private sealed class StateTensor : IDisposable
    {
        private readonly float[] _in = new float[StateSize];
        private readonly float[] _out = new float[StateSize];
        private readonly string _inName;
        private readonly string _outName;
        private readonly OrtValue _inValue;
        private readonly OrtValue _outValue;

        public StateTensor(string inName, string outName)
        {
            (_inName, _outName) = (inName, outName);
            _inValue = OrtValue.CreateTensorValueFromMemory(_in, [1, 1, StateSize]);
            _outValue = OrtValue.CreateTensorValueFromMemory(_out, [1, 1, StateSize]);
        }

        public void BindTo(OrtIoBinding binding)
        {
            binding.BindInput(_inName, _inValue);
            binding.BindOutput(_outName, _outValue);
        }

        public void Advance() => _out.CopyTo(_in, 0);

        public void Clear() => Array.Clear(_in);

        public void Dispose()
        {
            _inValue.Dispose();
            _outValue.Dispose();
        }
    }
}
