using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Listening;

/// <summary>A segment of the timeline, open or complete. Frames are those of <see cref="SileroVad.FrameSamples"/> samples.</summary>
/// <param name="Number">Counts over the run.</param>
/// <param name="Start">First frame.</param>
/// <param name="Continues">True when it goes on from the one before.</param>
internal sealed record LiveSegment(int Number, long Start, bool Continues)
{
    /// <summary>The frame after the last; set when it is complete.</summary>
    public long End { get; set; }

    /// <summary>The timestamp at which the last speech in it was captured; set when it is complete.</summary>
    public long SpeechEndedAt { get; set; }

    /// <summary>Why it ended; set when it is complete.</summary>
    public SegmentEnd Reason { get; set; }

    /// <summary>Seconds of the timeline at a frame.</summary>
    public static double Seconds(long frame) => frame * SileroVad.FrameSamples / (double)SileroVad.SampleRateHz;
}
