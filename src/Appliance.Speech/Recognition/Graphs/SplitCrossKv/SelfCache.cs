using System.Globalization;
using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.SplitCrossKv;

/// <summary>
/// Keys and values of the tokens so far: for each decoder layer two tensors of shape [rows, heads, capacity, 64], written in place by
/// the decoder. Knows each row's tokens, since rows of one history have equal entries and need not be copied.
/// </summary>
internal sealed class SelfCache : IDisposable
{
    private readonly SplitCrossKvSignature _signature;
    private readonly NativeBuffer[] _buffers;
    private readonly NativeBuffer _spare = new();
    private readonly int _headBytes;
    private int[] _tokens = [];
    private int[] _spareTokens = [];
    private bool[] _pending = [];

    public SelfCache(SplitCrossKvSignature signature)
    {
        _signature = signature;
        _buffers = new NativeBuffer[2 * signature.Dimensions.DecoderLayers];
        for (int i = 0; i < _buffers.Length; i++)
        {
            _buffers[i] = new NativeBuffer();
        }

        _headBytes = Capacity * SplitCrossKvSignature.HeadSize * ElementTypes.Bytes(signature.Element);
    }

    /// <summary>Tokens that a row can hold.</summary>
    public int Capacity => _signature.Dimensions.TextContext;

    /// <summary>Rows in use.</summary>
    public int Rows { get; private set; }

    /// <summary>Tokens in each row.</summary>
    public int Position { get; private set; }

    private long RowBytes => (long)_signature.Dimensions.DecoderHeads * _headBytes;

    /// <summary>Empties the cache for a number of rows.</summary>
    public void Start(int rows)
    {
        Reserve(rows, keptRows: 0);
        Rows = rows;
        Position = 0;
    }

    /// <summary>Notes that each row got tokens, shape [rows, length].</summary>
    public void Append(ReadOnlySpan<int> tokens, int length)
    {
        for (int row = 0; row < Rows; row++)
        {
            tokens.Slice(row * length, length).CopyTo(_tokens.AsSpan((row * Capacity) + Position));
        }

        Position += length;
    }

    /// <summary>Repeats each row, side by side.</summary>
    public void Expand(int times)
    {
        int rows = Rows;
        Reserve(rows * times, keptRows: rows);

        // from the last row down, so that no row is overwritten before it was read
        for (int row = rows - 1; row >= 0; row--)
        {
            for (int copy = times - 1; copy >= 0; copy--)
            {
                CopyRow(row, (row * times) + copy, 0);
            }
        }

        Rows = rows * times;
    }

    /// <summary>Row i becomes what row parents[i] was; only the entries after their common history are copied.</summary>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        // 1. which rows change; 2. copy rows that nobody reads any more; 3. break cycles with one spare row
        int left = 0;
        for (int row = 0; row < Rows; row++)
        {
            _pending[row] = parents[row] != row && Common(row, parents[row]) < Position;
            left += _pending[row] ? 1 : 0;
        }

        while (left > 0)
        {
            int free = FindUnread(parents);
            if (free < 0)
            {
                left -= CopyCycle(parents);
                continue;
            }

            CopyRow(parents[free], free, Common(free, parents[free]));
            _pending[free] = false;
            left--;
        }
    }

    /// <summary>Moves rows to the front, in ascending order, and forgets the others.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            CopyRow(rows[i], i, 0);
        }

        Rows = rows.Length;
    }

    /// <summary>Tensors over the cache, in the order of <see cref="Name"/>.</summary>
    public OrtValue View(int index)
    {
        long[] shape = [Rows, _signature.Dimensions.DecoderHeads, Capacity, SplitCrossKvSignature.HeadSize];
        return _buffers[index].View(_signature.Element, shape);
    }

    /// <summary>Number of tensors.</summary>
    public int Count => _buffers.Length;

    /// <summary>Name of a tensor, such as `self_key.0` or `present_value.3`.</summary>
    public static string Name(string prefix, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{(index % 2 == 0 ? "key" : "value")}.{index / 2}");

    public void Dispose()
    {
        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Dispose();
        }

        _spare.Dispose();
    }

    private int FindUnread(ReadOnlySpan<int> parents)
    {
        for (int row = 0; row < Rows; row++)
        {
            if (!_pending[row])
            {
                continue;
            }

            bool read = false;
            for (int other = 0; other < Rows && !read; other++)
            {
                read = other != row && _pending[other] && parents[other] == row;
            }

            if (!read)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>All pending rows form cycles: resolves one of them through the spare row.</summary>
    /// <returns>How many rows that were.</returns>
    private int CopyCycle(ReadOnlySpan<int> parents)
    {
        int copied = 1;
        int first = 0;
        while (!_pending[first])
        {
            first++;
        }

        Save(first);
        int row = first;
        while (parents[row] != first)
        {
            CopyRow(parents[row], row, Common(row, parents[row]));
            _pending[row] = false;
            copied++;
            row = parents[row];
        }

        Restore(row);
        _pending[row] = false;
        return copied;
    }

    private int Common(int a, int b)
    {
        ReadOnlySpan<int> first = _tokens.AsSpan(a * Capacity, Position);
        return first.CommonPrefixLength(_tokens.AsSpan(b * Capacity, Position));
    }

    private void CopyRow(int from, int to, int start)
    {
        if (from == to || start >= Position)
        {
            return;
        }

        int entry = _headBytes / Capacity;
        foreach (NativeBuffer buffer in _buffers)
        {
            for (int head = 0; head < _signature.Dimensions.DecoderHeads; head++)
            {
                long offset = ((long)head * _headBytes) + ((long)start * entry);
                buffer.CopyFrom(buffer, (from * RowBytes) + offset, (to * RowBytes) + offset, (long)(Position - start) * entry);
            }
        }

        _tokens.AsSpan((from * Capacity) + start, Position - start).CopyTo(_tokens.AsSpan((to * Capacity) + start));
    }

    private void Save(int row)
    {
        _spare.Reserve(RowBytes * _buffers.Length);
        for (int i = 0; i < _buffers.Length; i++)
        {
            _spare.CopyFrom(_buffers[i], row * RowBytes, i * RowBytes, RowBytes);
        }

        _tokens.AsSpan(row * Capacity, Position).CopyTo(_spareTokens);
    }

    private void Restore(int row)
    {
        for (int i = 0; i < _buffers.Length; i++)
        {
            _buffers[i].CopyFrom(_spare, i * RowBytes, row * RowBytes, RowBytes);
        }

        _spareTokens.AsSpan(0, Position).CopyTo(_tokens.AsSpan(row * Capacity));
    }

    /// <summary>Makes room for rows and keeps the first of those that are there.</summary>
    private void Reserve(int rows, int keptRows)
    {
        foreach (NativeBuffer buffer in _buffers)
        {
            buffer.Reserve(rows * RowBytes, keptRows * RowBytes);
        }

        if (_tokens.Length < rows * Capacity)
        {
            Array.Resize(ref _tokens, rows * Capacity);
            _spareTokens = new int[Capacity];
            _pending = new bool[rows];
        }
    }
}
