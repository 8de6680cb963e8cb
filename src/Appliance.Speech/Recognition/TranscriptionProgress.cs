using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition;

/// <summary>How far a transcription is.</summary>
/// <param name="Seconds">Seconds of audio that are done.</param>
/// <param name="Duration">Seconds of audio in all.</param>
/// <param name="NewSegments">Segments that became final since the last report, in order.</param>
public readonly record struct TranscriptionProgress(double Seconds, double Duration, IReadOnlyList<TranscriptSegment> NewSegments);
