namespace Appliance.Testing.Golden;

/// <summary>Calls on two rows with audio of their own.</summary>
/// <param name="EncoderSum">Sum of both rows' states.</param>
/// <param name="Steps">The calls.</param>
public sealed record WhisperGoldenBatch(double EncoderSum, IReadOnlyList<WhisperGoldenStep> Steps);
