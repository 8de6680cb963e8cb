namespace Appliance.Speech.Recognition.Decoding.Searches;

/// <summary>A sequence that a search ended with.</summary>
/// <param name="Tokens">Sampled tokens without the end of text.</param>
/// <param name="SumLogProbability">Sum over all of them and the end of text.</param>
/// <param name="Repeats">True when the loop guard ended it.</param>
internal readonly record struct Candidate(int[] Tokens, float SumLogProbability, bool Repeats);
