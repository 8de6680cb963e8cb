using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Recognition.Streaming;

/// <summary>A live segment as far as it has been heard.</summary>
/// <param name="Start">Seconds of the captured timeline at the first sample.</param>
/// <param name="Samples">16 kHz mono, [-1, 1], at most 30 s; between two calls for one segment it only grows at its end. Read before the call returns.</param>
/// <param name="Evidence">Speech probabilities over the same stretch.</param>
internal readonly record struct SegmentAudio(double Start, ReadOnlyMemory<float> Samples, SpeechEvidence Evidence)
{
    /// <summary>Seconds of the captured timeline after the last sample.</summary>
    public double End => Start + (Samples.Length / (double)SileroVad.SampleRateHz);
}
