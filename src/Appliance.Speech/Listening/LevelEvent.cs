namespace Appliance.Speech.Listening;

/// <summary>How loud it is, about ten times a second; for meters, not part of the JSON.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Decibels">Root mean square of the last block in dBFS, -100 at silence.</param>
/// <param name="IsSpeech">True while a segment is open.</param>
public sealed record LevelEvent(string Source, float Decibels, bool IsSpeech) : ListenEvent(Source);
