using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>
/// Keys and values of the tokens so far, shape [rows, heads, length, head] each, in native memory. The graphs read them at one
/// length and write them at another, so there are two buffers: a cache of length n lies in buffer n mod 2, whatever the run, so
/// that the step from n to n + 1 has the same addresses every time.
/// </summary>
internal sealed class SelfCache : IDisposable
{
    private readonly int _tensors;
    private readonly int _heads;
    private readonly int _headSize;
    private readonly int _capacity;
    private readonly TensorElementType _type;
    private readonly NativeBuffer[] _buffers;
    private readonly RowMoves _moves = new();

    public SelfCache(WhisperConfig config, TensorElementType type)
    {
        _tensors = 2 * config.DecoderLayers;
        _heads = config.DecoderHeads;
        _headSize = config.HeadSize;
        _capacity = config.TextContext;
        _type = type;
        _buffers = new NativeBuffer[2 * _tensors];
        for (int index = 0; index < _buffers.Length; index++)
        {
            _buffers[index] = new NativeBuffer();
        }
    }

    /// <summary>Rows in use.</summary>
    public int Rows { get; private set; }

    /// <summary>Tokens a row; 0 when no run has begun.</summary>
    public int Length { get; private set; }

    /// <summary>The buffer that a call writes which continues a cache of length <paramref name="past"/>.</summary>
    public static int Target(int past, int length) => past == 0 ? length & 1 : ~past & 1;

    /// <summary>Makes room for rows of full length and keeps what is in use; true when memory moved.</summary>
    public bool Reserve(int rows)
    {
        bool moved = false;
        foreach (NativeBuffer buffer in _buffers)
        {
            moved |= buffer.Reserve(rows * RowBytes(_capacity), Rows * RowBytes(Length));
        }

        return moved;
    }

    /// <summary>One tensor of a cache of that many rows and tokens in buffer 0 or 1.</summary>
    public OrtValue View(int tensor, int rows, int length, int buffer) =>
        Buffer(tensor, buffer).View(_type, [rows, _heads, length, _headSize]);

    /// <summary>Forgets the run.</summary>
    public void Clear() => Set(0, 0);

    /// <summary>
    /// Says what a call has written: a cache of that many rows and tokens, into <paramref name="buffer"/>. (Only a call with an even
    /// number of new tokens on a cache leaves it in the wrong one.)
    /// </summary>
    public void Accept(int rows, int length, int buffer)
    {
        Set(rows, length);
        if (buffer == (length & 1))
        {
            return;
        }

        for (int tensor = 0; tensor < _tensors; tensor++)
        {
            Buffer(tensor, length & 1).CopyFrom(Buffer(tensor, buffer), 0, 0, rows * RowBytes(length));
        }
    }

    /// <summary>Each row becomes <paramref name="times"/> rows side by side; room must have been reserved.</summary>
    public void Repeat(int times)
    {
        long bytes = RowBytes(Length);
        for (int tensor = 0; tensor < _tensors; tensor++)
        {
            NativeBuffer buffer = Buffer(tensor, Length & 1);
            for (int row = (Rows * times) - 1; row > 0; row--)
            {
                buffer.CopyFrom(buffer, row / times * bytes, row * bytes, bytes);
            }
        }

        Rows *= times;
    }

    /// <summary>Row i becomes what row <paramref name="parents"/>[i] was; copies only rows that change.</summary>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        long bytes = RowBytes(Length);
        ReadOnlySpan<RowMove> moves = _moves.Plan(parents);
        for (int tensor = 0; tensor < _tensors && moves.Length > 0; tensor++)
        {
            // what the other buffer holds is of no use any more: its first row is the spare one
            NativeBuffer rows = Buffer(tensor, Length & 1);
            NativeBuffer spare = Buffer(tensor, ~Length & 1);
            foreach (RowMove move in moves)
            {
                NativeBuffer source = move.From == RowMoves.Scratch ? spare : rows;
                NativeBuffer target = move.To == RowMoves.Scratch ? spare : rows;
                target.CopyFrom(source, Math.Max(move.From, 0) * bytes, Math.Max(move.To, 0) * bytes, bytes);
            }
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }
    }

    private NativeBuffer Buffer(int tensor, int buffer) => _buffers[(buffer * _tensors) + tensor];

    private long RowBytes(int length) => (long)_heads * length * _headSize * ElementTypes.Bytes(_type);

    private void Set(int rows, int length)
    {
        Rows = rows;
        Length = length;
    }
}
