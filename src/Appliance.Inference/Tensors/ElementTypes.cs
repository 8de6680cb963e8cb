using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Inference.Tensors;

/// <summary>The element types that graphs have at their edges, and the way between them.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Bytes(TensorElementType type) => type switch
    {
        TensorElementType.Float => sizeof(float),
        TensorElementType.Float16 => sizeof(ushort),
        TensorElementType.Int64 => sizeof(long),
        TensorElementType.Int32 => sizeof(int),
        TensorElementType.Bool => sizeof(bool),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such tensor is bound"),
    };

    /// <summary>Writes float32 values into a tensor of float32 or float16.</summary>
    public static void Write(ReadOnlySpan<float> values, NativeBuffer target, TensorElementType type)
    {
        if (type == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToHalf(values, target.Elements<Half>(0, values.Length));
        }
        else
        {
            values.CopyTo(target.Elements<float>(0, values.Length));
        }
    }

    /// <summary>Copies the first elements of one tensor into another from element <paramref name="first"/> on.</summary>
    public static void Convert(
        NativeBuffer source, TensorElementType sourceType, NativeBuffer target, TensorElementType targetType, long first, int count)
    {
        if (sourceType == targetType)
        {
            int size = Bytes(sourceType);
            target.CopyFrom(source, 0, first * size, (long)count * size);
        }
        else if (targetType == TensorElementType.Float)
        {
            Read(source, sourceType, 0, target.Elements<float>(first, count));
        }
        else
        {
            TensorPrimitives.ConvertToHalf(source.Elements<float>(0, count), target.Elements<Half>(first, count));
        }
    }

    /// <summary>Reads elements of a tensor of float32 or float16, from element <paramref name="first"/> on.</summary>
    public static void Read(NativeBuffer source, TensorElementType type, long first, Span<float> values)
    {
        if (type == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToSingle(source.Elements<Half>(first, values.Length), values);
        }
        else
        {
            source.Elements<float>(first, values.Length).CopyTo(values);
        }
    }
}
