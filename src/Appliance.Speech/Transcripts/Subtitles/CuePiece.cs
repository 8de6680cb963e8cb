namespace Appliance.Speech.Transcripts.Subtitles;

/// <summary>The smallest part of a cue: a word, or a character where a language writes no spaces.</summary>
/// <param name="Text">One line of text, leading space included.</param>
/// <param name="Start">Milliseconds of the file.</param>
/// <param name="End">Milliseconds of the file, not before the start.</param>
/// <param name="IsTimed">True for a word that has its own times, false for times that were estimated.</param>
/// <param name="BeginsLine">True when a line break stands before it.</param>
internal readonly record struct CuePiece(string Text, long Start, long End, bool IsTimed, bool BeginsLine = false);
