using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>One input or output, as the session describes it.</summary>
/// <param name="Name">Name in the graph.</param>
/// <param name="ElementType">Element type.</param>
/// <param name="Dimensions">Sizes; −1 where an axis is free.</param>
internal sealed record GraphTensor(string Name, TensorElementType ElementType, int[] Dimensions);
