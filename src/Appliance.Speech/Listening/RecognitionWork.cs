namespace Appliance.Speech.Listening;

/// <summary>Something to recognise.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="End">The frame up to which it has been heard.</param>
/// <param name="IsFinal">True when the segment is complete.</param>
/// <param name="MayCommit">Whether a partial may commit text.</param>
/// <param name="CancellationToken">Ends a partial that nobody waits for any more.</param>
internal readonly record struct RecognitionWork(LiveSegment Segment, long End, bool IsFinal, bool MayCommit, CancellationToken CancellationToken);
