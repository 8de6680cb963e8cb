using Appliance.Speech.Transcripts;

namespace Appliance.Benchmarks.Speech;

/// <summary>What one clip took.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="Transcript">Its transcript with the time split.</param>
/// <param name="BareMs">The same calls, bare.</param>
internal sealed record ClipFigures(CorpusClip Clip, Transcript Transcript, double BareMs);
