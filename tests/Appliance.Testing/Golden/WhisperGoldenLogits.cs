namespace Appliance.Testing.Golden;

/// <summary>Logits of one call.</summary>
/// <param name="Shape">Rows, tokens, vocabulary.</param>
/// <param name="Rows">By row.</param>
public sealed record WhisperGoldenLogits(int[] Shape, IReadOnlyList<WhisperGoldenLogitRow> Rows);
