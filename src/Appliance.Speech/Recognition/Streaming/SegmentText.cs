using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>What a segment said, for good.</summary>
/// <param name="Text">Begins with the text that was committed, byte for byte; empty when nothing got through the firewall.</param>
/// <param name="Language">Language code.</param>
/// <param name="Start">Seconds of the captured timeline.</param>
/// <param name="End">Seconds of the captured timeline.</param>
/// <param name="Words">Words of <paramref name="Text"/>; null when the model gives no times.</param>
/// <param name="Dropped">What the firewall held back.</param>
internal sealed record SegmentText(
    string Text, string Language, double Start, double End, IReadOnlyList<TranscriptWord>? Words, IReadOnlyList<DroppedText> Dropped);
