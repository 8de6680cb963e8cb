using Appliance.Speech.Capture;

namespace Appliance.Speech.Listening;

/// <summary>A stretch of the timeline without audio.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Start">Seconds of the captured timeline.</param>
/// <param name="End">Seconds of the captured timeline.</param>
/// <param name="Reason">Why.</param>
public sealed record GapEvent(string Source, double Start, double End, GapReason Reason) : ListenEvent(Source);
