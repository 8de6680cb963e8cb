namespace Appliance.Speech.Listening;

/// <summary>Recognition is behind, further behind, or has caught up (0); told when the measure changes or the seconds do by five.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Seconds">Age of the oldest segment that waits for its final text, counted from its end.</param>
/// <param name="Measure">What is done about it: <c>none</c>, <c>fewer_partials</c>, <c>no_partials</c>, <c>fallback_model</c>, <c>dropping_audio</c>.</param>
public sealed record BacklogEvent(string Source, double Seconds, string Measure) : ListenEvent(Source);
