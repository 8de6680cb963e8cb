using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Listening;

/// <summary>
/// When a growing segment is looked at: by its length alone, so that a recording gives the same partials at any pace; only an overload
/// stretches the intervals.
/// </summary>
internal sealed class PartialSchedule
{
    /// <summary>The first look: less than a second of speech gives words that change.</summary>
    private const int FirstMs = 864;

    /// <summary>Between two looks at a short segment.</summary>
    private const int IntervalMs = 512;

    /// <summary>A long segment costs more to look at, and is looked at half as often.</summary>
    private const int LongSegmentMs = 10_000;

    /// <summary>After the first look, whose words rarely stay, a little more.</summary>
    private const int SecondMs = 608;

    private long _due;
    private bool _isFirst;

    /// <summary>A segment has opened.</summary>
    /// <param name="speech">Its first frame of speech.</param>
    public void Open(long speech) => (_due, _isFirst) = (speech + LiveVadOptions.Frames(FirstMs), true);

    /// <summary>Whether a look is due now; if so, the next one is set.</summary>
    /// <param name="frame">Frames heard.</param>
    /// <param name="start">First frame of the segment.</param>
    /// <param name="stretch">By what intervals are multiplied.</param>
    public bool IsDue(long frame, long start, int stretch)
    {
        if (frame < _due)
        {
            return false;
        }

        bool isLong = frame - start >= LiveVadOptions.Frames(LongSegmentMs);
        _due = frame + ((isLong ? 2 : 1) * stretch * LiveVadOptions.Frames(_isFirst ? SecondMs : IntervalMs));
        _isFirst = false;
        return true;
    }
}
