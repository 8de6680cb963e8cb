using Appliance.Inference.Tensors;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Imaging.Graphs;

/// <summary>float32 values as the element type that a graph's input has.</summary>
internal static class ElementConversion
{
    /// <summary>Bytes of one element.</summary>
    public static int Bytes(TensorElementType type) => ElementTypes.Bytes(type);

    /// <summary>Whether values can be given as this type.</summary>
    public static bool IsPossible(TensorElementType type) =>
        type is TensorElementType.Float or TensorElementType.Float16 or TensorElementType.Int32 or TensorElementType.Int64;

    /// <summary>Writes values; whole types get them truncated, as torch does.</summary>
    public static void Write(ReadOnlySpan<float> values, NativeBuffer target, TensorElementType type)
    {
        switch (type)
        {
            case TensorElementType.Int32:
                Span<int> ints = target.Elements<int>(0, values.Length);
                for (int i = 0; i < values.Length; i++)
                {
                    ints[i] = (int)values[i];
                }

                break;
            case TensorElementType.Int64:
                Span<long> longs = target.Elements<long>(0, values.Length);
                for (int i = 0; i < values.Length; i++)
                {
                    longs[i] = (long)values[i];
                }

                break;
            default:
                ElementTypes.Write(values, target, type);
                break;
        }
    }
}
