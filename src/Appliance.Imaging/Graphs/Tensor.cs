namespace Appliance.Imaging.Graphs;

/// <summary>Values of an output.</summary>
/// <param name="Values">float32, row-major.</param>
/// <param name="Shape">Sizes.</param>
internal sealed record Tensor(float[] Values, long[] Shape);
