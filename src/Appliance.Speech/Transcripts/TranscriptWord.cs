namespace Appliance.Speech.Transcripts;

/// <summary>One word with its interval.</summary>
/// <param name="Word">Text with its leading space and attached punctuation.</param>
/// <param name="Start">Seconds of the file.</param>
/// <param name="End">Seconds of the file.</param>
/// <param name="Probability">Mean probability of the word's tokens, 0 to 1.</param>
public sealed record TranscriptWord(string Word, double Start, double End, double Probability);
