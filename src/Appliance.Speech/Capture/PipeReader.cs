namespace Appliance.Speech.Capture;

/// <summary>
/// Reads a stream that may block for ever on a thread of its own, into bounded memory: when that is full the stream is left alone. The
/// thread can't be ended while the stream blocks; it is a background thread and ends with its next byte.
/// </summary>
internal sealed class PipeReader : IDisposable
{
    private readonly Stream _stream;
    private readonly byte[] _ring;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _hasData = new();
    private readonly ManualResetEventSlim _hasRoom = new(initialState: true);
    private long _written;
    private long _read;
    private bool _hasEnded;
    private volatile bool _isClosed;

    /// <param name="stream">The stream; not owned.</param>
    /// <param name="capacity">Bytes that are kept.</param>
    public PipeReader(Stream stream, int capacity)
    {
        _stream = stream;
        _ring = new byte[capacity];
        new Thread(Work) { Name = "standard input", IsBackground = true }.Start();
    }

    /// <summary>Bytes that are left when the end has been told: less than a unit.</summary>
    public int Remainder { get; private set; }

    /// <summary>Takes whole units.</summary>
    /// <param name="bytes">Room for at least one.</param>
    /// <param name="unit">Bytes of a unit.</param>
    /// <param name="wait">Longest wait for the first.</param>
    /// <returns>Bytes taken; 0 when none came in time; -1 at the end.</returns>
    public int Read(Span<byte> bytes, int unit, TimeSpan wait)
    {
        _hasData.Wait(wait);
        lock (_gate)
        {
            int there = (int)Math.Min(_written - _read, bytes.Length);
            there -= there % unit;
            if (there == 0)
            {
                Remainder = _hasEnded ? (int)(_written - _read) : 0;
                if (!_hasEnded)
                {
                    _hasData.Reset();
                }

                return _hasEnded ? -1 : 0;
            }

            int at = (int)(_read % _ring.Length);
            int first = Math.Min(there, _ring.Length - at);
            _ring.AsSpan(at, first).CopyTo(bytes);
            _ring.AsSpan(0, there - first).CopyTo(bytes[first..]);
            _read += there;
            _hasRoom.Set();
            return there;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isClosed = true;
        _hasRoom.Set();
    }

    private void Work()
    {
        byte[] block = new byte[4096];
        int count;
        while (!_isClosed && (count = ReadStream(block)) > 0)
        {
            int at = 0;
            while (at < count && !_isClosed)
            {
                _hasRoom.Wait();
                at += Append(block.AsSpan(at, count - at));
            }
        }

        lock (_gate)
        {
            _hasEnded = true;
            _hasData.Set();
        }
    }

    private int ReadStream(byte[] block)
    {
        try
        {
            return _stream.Read(block);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // a broken pipe has ended
            return 0;
        }
    }

    private int Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            int count = (int)Math.Min(bytes.Length, _ring.Length - (_written - _read));
            int at = (int)(_written % _ring.Length);
            int first = Math.Min(count, _ring.Length - at);
            bytes[..first].CopyTo(_ring.AsSpan(at));
            bytes[first..count].CopyTo(_ring);
            _written += count;
            if (_written - _read == _ring.Length && !_isClosed)
            {
                _hasRoom.Reset();
            }

            _hasData.Set();
            return count;
        }
    }
}
