using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.WordTiming;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.WordTiming;

public class SegmentEdgesTests
{
    private static readonly WordDurations Usual = new(0.5);

    [Fact]
    public void Reconcile_OfWordsNearTheEdges_MovesTheEdges()
    {
        (SegmentDraft segment, _) = Reconcile(1.4, 3.6, 1.0, (1.0, 1.5), (3.5, 4.0));
        Assert.Equal((1.0, 4.0), (segment.Start, segment.End));
    }

    [Fact]
    public void Reconcile_OfAFirstWordFarBeforeTheSegment_BelievesTheSegment()
    {
        (SegmentDraft segment, List<TranscriptWord> words) = Reconcile(3.0, 5.0, 1.9, (2.0, 3.4), (3.4, 5.0));
        Assert.Equal(3.0, segment.Start);
        Assert.Equal(2.9, words[0].Start, 12);
    }

    [Fact]
    public void Reconcile_OfALastWordFarAfterTheSegment_BelievesTheSegment()
    {
        (SegmentDraft segment, List<TranscriptWord> words) = Reconcile(0, 2.0, 0, (0.0, 0.5), (0.5, 4.0));
        Assert.Equal(2.0, segment.End);
        Assert.Equal(2.0, words[^1].End);
    }

    [Fact]
    public void Reconcile_OfALongFirstWordAfterAPause_ShortensIt()
    {
        (SegmentDraft segment, List<TranscriptWord> words) = Reconcile(10, 20, 4, (10, 18), (18, 18.5));
        Assert.Equal(17, words[0].Start);
        Assert.Equal(17, segment.Start);
    }

    [Fact]
    public void Reconcile_OfTwoLongWordsAfterAPause_SharesTheBoundary()
    {
        (_, List<TranscriptWord> words) = Reconcile(10, 20, 4, (10, 14), (14, 20));
        Assert.Equal(19, words[0].End);
        Assert.Equal(19, words[1].Start);
        Assert.Equal(18, words[0].Start);
    }

    [Fact]
    public void Reconcile_OfALongFirstWordWithoutAPause_LeavesIt()
    {
        (_, List<TranscriptWord> words) = Reconcile(10, 20, 16.5, (10, 18), (18, 18.5));
        Assert.Equal(10, words[0].Start);
    }

    private static (SegmentDraft Segment, List<TranscriptWord> Words) Reconcile(double start, double end, double lastSpeech, params (double Start, double End)[] times)
    {
        SegmentDraft segment = new() { Seek = 0, Start = start, End = end, Text = " a", Tokens = [] };
        List<TranscriptWord> words = [.. times.Select(time => new TranscriptWord(" w", time.Start, time.End, 1))];
        SegmentEdges.Reconcile(segment, words, Usual, lastSpeech);
        return (segment, words);
    }
}
