using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs;

/// <summary>Sizes of the element types that Whisper graphs have.</summary>
internal static class TensorElements
{
    /// <summary>Bytes of one element.</summary>
    public static int SizeInBytes(TensorElementType type) => type switch
    {
        TensorElementType.Float => sizeof(float),
        TensorElementType.Float16 => sizeof(ushort),
        TensorElementType.Int64 => sizeof(long),
        TensorElementType.Int32 => sizeof(int),
        TensorElementType.Bool => sizeof(bool),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type of a Whisper graph"),
    };
}
