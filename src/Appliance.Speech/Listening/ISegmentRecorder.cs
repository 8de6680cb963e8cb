namespace Appliance.Speech.Listening;

/// <summary>Receives the audio of segments, where the user wants it kept.</summary>
public interface ISegmentRecorder
{
    /// <summary>Takes one segment; called before its final event. What it throws is its own affair: it must not throw for a full disk.</summary>
    /// <param name="segment">Number of the segment.</param>
    /// <param name="start">Seconds of the captured timeline.</param>
    /// <param name="samples">16 kHz mono, [-1, 1]; valid during the call.</param>
    void Record(int segment, double start, ReadOnlySpan<float> samples);
}
