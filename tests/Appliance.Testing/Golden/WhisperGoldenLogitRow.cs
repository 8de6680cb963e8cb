namespace Appliance.Testing.Golden;

/// <summary>Logits of one row.</summary>
/// <param name="LastFirst32">First values of the last token's logits.</param>
/// <param name="LastMax">Largest of them.</param>
/// <param name="LastArgmax">Where it is.</param>
/// <param name="ArgmaxPerPosition">The same for each token.</param>
/// <param name="SumPerPosition">Sum of each token's logits.</param>
public sealed record WhisperGoldenLogitRow(
    double[] LastFirst32, double LastMax, int LastArgmax, int[] ArgmaxPerPosition, double[] SumPerPosition);
