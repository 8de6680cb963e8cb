using System.Text;

namespace Appliance.Testing.Onnx;

/// <summary>Writes one protobuf message, field by field.</summary>
public sealed class ProtobufMessage
{
    private readonly List<byte> _bytes = [];

    public ProtobufMessage Number(int field, long value)
    {
        WriteVarint(((ulong)field << 3) | 0);
        WriteVarint((ulong)value);
        return this;
    }

    public ProtobufMessage Bytes(int field, byte[] value)
    {
        WriteVarint(((ulong)field << 3) | 2);
        WriteVarint((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Nested(int field, ProtobufMessage value) => Bytes(field, value.ToArray());

    public byte[] ToArray() => [.. _bytes];

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
    }
}
