namespace Appliance.Speech.Segmentation;

/// <summary>Told where live segments begin and end, in frames of <see cref="SileroVad.FrameSamples"/> samples of the captured timeline.</summary>
internal interface ISegmentSink
{
    /// <summary>A segment is open.</summary>
    /// <param name="start">Its first frame, pre-roll included.</param>
    /// <param name="speech">The first frame of speech.</param>
    /// <param name="continues">True when the segment before was cut here.</param>
    void Open(long start, long speech, bool continues);

    /// <summary>The open segment is complete.</summary>
    /// <param name="end">The frame after its last.</param>
    /// <param name="speechEnd">The frame after the last one with speech.</param>
    /// <param name="reason">Why.</param>
    void Close(long end, long speechEnd, SegmentEnd reason);
}
