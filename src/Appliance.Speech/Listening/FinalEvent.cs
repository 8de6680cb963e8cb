using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Listening;

/// <summary>What a segment said, for good. Each segment that had a partial has exactly one; its text may be empty.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Segment">Number of the segment.</param>
/// <param name="Start">Seconds of the captured timeline.</param>
/// <param name="End">Seconds of the captured timeline.</param>
/// <param name="Text">Begins with what was committed.</param>
/// <param name="Language">Language code.</param>
/// <param name="LatencyMs">Milliseconds from the end of speech to this event; null where the source does not run in real time.</param>
/// <param name="Truncated">True when the microphone went away.</param>
/// <param name="Words">Words with times; null when the model has none.</param>
public sealed record FinalEvent(
    string Source, int Segment, double Start, double End, string Text, string Language, double? LatencyMs, bool Truncated, IReadOnlyList<TranscriptWord>? Words)
    : ListenEvent(Source);
