using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Inference.Models;

/// <summary>
/// Reads the fields of a protobuf message from a file of any size through a small window: what is skipped is never read.
/// Wire format: https://protobuf.dev/programming-guides/encoding.
/// </summary>
internal sealed class ProtobufReader(SafeFileHandle file)
{
    private readonly byte[] _window = new byte[16 * 1024];
    private long _windowStart;
    private int _windowLength;

    public long Length { get; } = RandomAccess.GetLength(file);

    public long Position { get; set; }

    /// <summary>Reads the key of the next field, of a message that ends at <paramref name="end"/>; false at its end.</summary>
    public bool TryReadKey(long end, out int field, out ProtobufType type)
    {
        field = 0;
        type = default;
        if (Position >= end)
        {
            return Position == end ? false : throw Broken("a field ends behind its message");
        }

        ulong key = ReadVarint();
        field = (int)Math.Min(key >> 3, int.MaxValue);
        type = (ProtobufType)(key & 7);
        return field > 0 ? true : throw Broken("a field has number 0");
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Broken("a number is too long");
    }

    /// <summary>Reads the length of a nested value and returns where it ends, which is not behind <paramref name="end"/>.</summary>
    public long ReadEnd(long end)
    {
        ulong length = ReadVarint();
        return length <= (ulong)Math.Max(0, end - Position) ? Position + (long)length : throw Broken("it ends early");
    }

    public string ReadText(long end, int maximumBytes)
    {
        long length = ReadEnd(end) - Position;
        if (length > maximumBytes)
        {
            throw Broken("a text is too long");
        }

        byte[] bytes = new byte[length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = ReadByte();
        }

        return Encoding.UTF8.GetString(bytes);
    }

    public void Skip(ProtobufType type, long end)
    {
        switch (type)
        {
            case ProtobufType.Varint:
                _ = ReadVarint();
                break;
            case ProtobufType.Fixed64:
                Position += 8;
                break;
            case ProtobufType.Fixed32:
                Position += 4;
                break;
            case ProtobufType.Nested:
                Position = ReadEnd(end);
                break;
            default:
                throw Broken("a field has an unknown type");
        }
    }

    private static InvalidDataException Broken(string what) => new(what);

    private byte ReadByte()
    {
        long offset = Position - _windowStart;
        if (offset < 0 || offset >= _windowLength)
        {
            _windowStart = Position;
            _windowLength = RandomAccess.Read(file, _window, Position);
            offset = 0;
            if (_windowLength == 0)
            {
                throw Broken("it ends early");
            }
        }

        Position++;
        return _window[offset];
    }
}
