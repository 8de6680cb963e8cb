namespace Appliance.Speech.Listening;

/// <summary>What a segment is believed to say so far.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Segment">Number of the segment, counted over the run from 0.</param>
/// <param name="Revision">Counts this segment's partials from 1.</param>
/// <param name="Start">Seconds of the captured timeline.</param>
/// <param name="End">Seconds up to which was heard.</param>
/// <param name="Committed">Text that never shrinks and never changes.</param>
/// <param name="Tentative">Text that may still change.</param>
public sealed record PartialEvent(string Source, int Segment, int Revision, double Start, double End, string Committed, string Tentative) : ListenEvent(Source);
