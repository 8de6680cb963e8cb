using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.Decoding;

/// <summary>The rule of the hallucination silence threshold (speech.md §2.8), here 2 s, on a window from 30 s to 60 s of a longer recording.</summary>
public sealed class InventedTextTests
{
    private const long Seek = 3000;
    private const int Content = 3000;

    [Fact]
    public void Skip_PlausibleWords_StayAndTheNextWindowBeginsAfterThem()
    {
        List<SegmentDraft> segments = [Segment(31, 34), Segment(34, 50)];

        long next = Skip(segments, out bool skipped);

        Assert.Equal(5000, next);
        Assert.False(skipped);
        Assert.Equal(2, segments.Count);
    }

    [Fact]
    public void Skip_LittleSilenceAtTheEnd_GoesOnAtTheWindowsEnd() => Assert.Equal(6000, Skip([Segment(31, 59)], out _));

    [Fact]
    public void Skip_InventedFirstSegmentAfterSilence_IsSkippedUpToIt()
    {
        List<SegmentDraft> segments = [Segment(35, 35.3, probability: 0.01), Segment(40, 45)];

        long next = Skip(segments, out bool skipped);

        Assert.Equal(3500, next);
        Assert.True(skipped);
        Assert.Empty(segments);
    }

    [Fact]
    public void Skip_InventedSegmentBetweenSilences_IsDroppedWithWhatFollows()
    {
        List<SegmentDraft> segments = [Segment(31, 34), Segment(40, 40.3, probability: 0.01), Segment(50, 55)];

        long next = Skip(segments, out bool skipped);

        Assert.Equal(4000, next);
        Assert.False(skipped);
        Assert.Single(segments);
    }

    [Fact]
    public void Skip_OddWordsInsideSpeech_Stay()
    {
        List<SegmentDraft> segments = [Segment(33, 40), Segment(40, 40.3, probability: 0.01), Segment(40.3, 45)];

        Skip(segments, out _);

        Assert.Equal(3, segments.Count);
    }

    private static long Skip(List<SegmentDraft> segments, out bool isSkipped)
    {
        WindowOutcome window = new() { Seek = Seek, Content = Content, RecordingFrames = 9000, LastSpeech = 30, EndsInSilence = false, Segments = segments };
        return new InventedText(new TranscriptionOptions(), 2).Skip(window, Seek + Content, out isSkipped);
    }

    /// <summary>A segment whose words last half a second each, or a tenth where it is short.</summary>
    private static SegmentDraft Segment(double start, double end, double probability = 0.9) => new()
    {
        Seek = Seek,
        Start = start,
        End = end,
        Text = " text",
        Tokens = [1],
        Words = [.. Enumerable.Range(0, Count(end - start)).Select(i => new TranscriptWord(
            " w", start + ((end - start) * i / Count(end - start)), start + ((end - start) * (i + 1) / Count(end - start)), probability))],
    };

    private static int Count(double seconds) => Math.Max(3, (int)(seconds * 2));
}
