namespace Appliance.Speech.Listening;

/// <summary>Text that the firewall held back.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Segment">Number of the segment.</param>
/// <param name="Start">Seconds of the captured timeline.</param>
/// <param name="End">Seconds of the captured timeline.</param>
/// <param name="Text">What was held back.</param>
/// <param name="Reason">Reason code, as in <see cref="Transcripts.DroppedText"/>.</param>
public sealed record DroppedEvent(string Source, int Segment, double Start, double End, string Text, string Reason) : ListenEvent(Source);
