namespace Appliance.Speech.Recognition.Graphs;

/// <summary>Cross-attention of the alignment heads over one window, from one teacher-forced pass.</summary>
/// <param name="Heads">Alignment heads.</param>
/// <param name="Tokens">Rows: the tokens that were fed.</param>
/// <param name="Positions">Encoder positions (20 ms).</param>
/// <param name="Values">Shape [heads, tokens, positions], float32, row-major; owned by the graphs until their next call.</param>
/// <param name="AfterSoftmax">True when the values are attention weights and not scores.</param>
internal readonly record struct AlignmentScores(int Heads, int Tokens, int Positions, ReadOnlyMemory<float> Values, bool AfterSoftmax);
