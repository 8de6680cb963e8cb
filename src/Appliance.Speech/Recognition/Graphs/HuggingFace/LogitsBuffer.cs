using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>Logits of one call, shape [rows, length, vocabulary]; the graph gives them for all tokens, callers ask for a few.</summary>
/// <param name="vocabulary">Logits of one token.</param>
/// <param name="type">Element type in the graph; float16 is converted, only what was asked for.</param>
internal sealed class LogitsBuffer(int vocabulary, TensorElementType type) : IDisposable
{
    private readonly NativeBuffer _given = new();
    private readonly NativeBuffer _converted = new();
    private int[] _asked = [];
    private int _askedCount;
    private int _rows;
    private int _length;

    private bool Converts => type != TensorElementType.Float;

    /// <summary>Makes room; true when memory moved.</summary>
    public bool Reserve(int rows, int length) => _given.Reserve((long)rows * length * vocabulary * ElementTypes.Bytes(type));

    /// <summary>The output to bind.</summary>
    public OrtValue View(int rows, int length) => _given.View(type, [rows, length, vocabulary]);

    /// <summary>Says what a call has written, and which of its tokens were asked for.</summary>
    public void Accept(int rows, int length, ReadOnlySpan<int> asked)
    {
        _rows = rows;
        _length = length;
        if (_asked.Length < asked.Length)
        {
            _asked = new int[asked.Length];
        }

        asked.CopyTo(_asked);
        _askedCount = asked.Length;
        if (Converts)
        {
            Convert();
        }
    }

    /// <summary>Forgets the call.</summary>
    public void Clear() => _rows = 0;

    /// <summary>Logits of one row's token, the <paramref name="index"/>-th that was asked for.</summary>
    public Span<float> Row(int row, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_askedCount, nameof(index));
        return Converts
            ? _converted.Elements<float>(((long)row * _askedCount + index) * vocabulary, vocabulary)
            : _given.Elements<float>(((long)row * _length + _asked[index]) * vocabulary, vocabulary);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _given.Dispose();
        _converted.Dispose();
    }

    private void Convert()
    {
        _converted.Reserve((long)_rows * _askedCount * vocabulary * sizeof(float));
        for (int row = 0; row < _rows; row++)
        {
            for (int index = 0; index < _askedCount; index++)
            {
                ElementTypes.Read(_given, type, ((long)row * _length + _asked[index]) * vocabulary, Row(row, index));
            }
        }
    }
}
