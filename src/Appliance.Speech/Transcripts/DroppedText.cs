namespace Appliance.Speech.Transcripts;

/// <summary>Text that was recognised and not published.</summary>
/// <param name="Start">Seconds of the file.</param>
/// <param name="End">Seconds of the file.</param>
/// <param name="Text">What was dropped.</param>
/// <param name="Reason">`no_voice`, `no_speech`, `low_probability`, `repetition`, `word_anomaly` or `known_phrase`.</param>
public sealed record DroppedText(double Start, double End, string Text, string Reason);
