using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>
/// Keys and values of the encoded audio, shape [rows, heads, positions, head] each, in native memory. They are the first call's
/// output and stay as they are: the rows of one window are equal, so a reordering of beams does not touch them.
/// </summary>
internal sealed class CrossCache : IDisposable
{
    private readonly int _heads;
    private readonly int _headSize;
    private readonly int _positions;
    private readonly TensorElementType _type;
    private readonly NativeBuffer[] _buffers;

    public CrossCache(WhisperConfig config, int positions, TensorElementType type)
    {
        _heads = config.DecoderHeads;
        _headSize = config.HeadSize;
        _positions = positions;
        _type = type;
        _buffers = new NativeBuffer[2 * config.DecoderLayers];
        for (int index = 0; index < _buffers.Length; index++)
        {
            _buffers[index] = new NativeBuffer();
        }
    }

    /// <summary>Windows that it holds; 0 before the first call on the audio.</summary>
    public int Windows { get; private set; }

    /// <summary>Equal rows of each window.</summary>
    public int RowsPerWindow { get; private set; }

    private long RowBytes => (long)_heads * _positions * _headSize * ElementTypes.Bytes(_type);

    /// <summary>Makes room and keeps what is there; true when memory moved.</summary>
    public bool Reserve(int rows)
    {
        bool moved = false;
        foreach (NativeBuffer buffer in _buffers)
        {
            moved |= buffer.Reserve(rows * RowBytes, Windows * RowsPerWindow * RowBytes);
        }

        return moved;
    }

    /// <summary>One tensor, the first <paramref name="rows"/> rows of it.</summary>
    public OrtValue View(int tensor, int rows) => _buffers[tensor].View(_type, [rows, _heads, _positions, _headSize]);

    /// <summary>A tensor of the same kind without positions, for the call that makes the real one.</summary>
    public OrtValue EmptyView(int tensor, int rows) => _buffers[tensor].View(_type, [rows, _heads, 0, _headSize]);

    /// <summary>Forgets the audio.</summary>
    public void Clear() => Accept(0);

    /// <summary>Says that a call has written one row for each window.</summary>
    public void Accept(int windows)
    {
        Windows = windows;
        RowsPerWindow = 1;
    }

    /// <summary>Gives each window <paramref name="rowsPerWindow"/> equal rows side by side; room must have been reserved.</summary>
    public void Spread(int rowsPerWindow)
    {
        // rows of the first window lie where they belong whatever the number
        if (rowsPerWindow == RowsPerWindow || (Windows == 1 && rowsPerWindow < RowsPerWindow))
        {
            return;
        }

        foreach (NativeBuffer buffer in _buffers)
        {
            Move(buffer, RowsPerWindow, 1);
            Move(buffer, 1, rowsPerWindow);
        }

        RowsPerWindow = rowsPerWindow;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }
    }

    private void Move(NativeBuffer buffer, int from, int to)
    {
        for (int window = 1; window < Windows && from > to; window++)
        {
            buffer.CopyFrom(buffer, window * from * RowBytes, window * RowBytes, RowBytes);
        }

        for (int row = (Windows * to) - 1; row > 0 && from < to; row--)
        {
            buffer.CopyFrom(buffer, row / to * RowBytes, row * RowBytes, RowBytes);
        }
    }
}
