namespace Appliance.Testing.Golden;

/// <summary>What is kept of a tensor.</summary>
/// <param name="Shape">Sizes.</param>
/// <param name="First">First values, row-major.</param>
/// <param name="Sum">Sum of all, in double.</param>
/// <param name="AbsSum">Sum of the magnitudes, in double.</param>
public sealed record GoldenTensor(int[] Shape, double[] First, double Sum, double AbsSum);
