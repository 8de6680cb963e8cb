namespace Appliance.Testing.Golden;

/// <summary>Cross-attention of one layer.</summary>
/// <param name="Weighted">By row, head and token: the sum over positions t of weight · (t + 1) / 1500.</param>
/// <param name="Top1">By row, head and token: the largest weight.</param>
public sealed record WhisperGoldenAttention(double[][][] Weighted, double[][][] Top1);
