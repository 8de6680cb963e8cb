using Appliance.Speech.Transcripts;
using Appliance.Speech.Transcripts.Subtitles;

namespace Appliance.Speech.Tests.Transcripts;

public class SubtitleFormatTests
{
    [Fact]
    public void Write_OfSrt_NumbersCuesAndAlwaysGivesHours()
    {
        Transcript transcript = TestTranscripts.Of(TestTranscripts.Segment(0, 2.5, " Hello --> there."), TestTranscripts.Segment(3725.0625, 3727, " Bye & <so> on."));
        Assert.Equal(
            "1\n00:00:00,000 --> 00:00:02,500\nHello -> there.\n\n2\n01:02:05,062 --> 01:02:07,000\nBye & <so> on.\n\n",
            TestTranscripts.Write("srt", transcript));
    }

    [Fact]
    public void Write_OfVtt_EscapesTextAndGivesHoursWhenThereAreAny()
    {
        Transcript transcript = TestTranscripts.Of(TestTranscripts.Segment(0, 2.5, " Hello --> there."), TestTranscripts.Segment(3725.0625, 3727, " Bye & <so> on."));
        Assert.Equal(
            "WEBVTT\n\n00:00.000 --> 00:02.500\nHello --&gt; there.\n\n01:02:05.062 --> 01:02:07.000\nBye &amp; &lt;so&gt; on.\n\n",
            TestTranscripts.Write("vtt", transcript));
    }

    [Fact]
    public void Write_WithLineWidth_BreaksLinesWithinTheSegment() =>
        Assert.Equal(
            "1\n00:00:00,000 --> 00:00:05,000\nthe quick brown\nfox jumps over\nthe lazy dog now\n\n",
            Write(new SubtitleOptions { MaxLineWidth = 16 }, TestTranscripts.Spoken(0, 0.5, "the quick brown fox jumps over the lazy dog now")));

    [Fact]
    public void Write_WithLineWidthAndCount_RunsAcrossSegments() =>
        Assert.Equal(
            "1\n00:00:00,000 --> 00:00:03,000\nthe quick brown\nfox jumps over\n\n2\n00:00:03,000 --> 00:00:04,500\nthe lazy dog\n\n",
            Write(
                new SubtitleOptions { MaxLineWidth = 15, MaxLineCount = 2 },
                TestTranscripts.Spoken(0, 0.5, "the quick"),
                TestTranscripts.Spoken(1, 0.5, "brown fox jumps over"),
                TestTranscripts.Spoken(3, 0.5, "the lazy dog")));

    [Fact]
    public void Write_WithMaxWords_CutsTheSegment() =>
        Assert.Equal(
            "1\n00:00:00,000 --> 00:00:01,000\nthe quick\n\n2\n00:00:01,000 --> 00:00:02,000\nbrown fox\n\n3\n00:00:02,000 --> 00:00:02,500\njumps\n\n",
            Write(new SubtitleOptions { MaxWordsPerLine = 2 }, TestTranscripts.Spoken(0, 0.5, "the quick brown fox jumps")));

    [Fact]
    public void Write_WithoutWordTimes_WrapsTheTextInProportion() =>
        Assert.Equal(
            "1\n00:00:00,000 --> 00:00:02,500\nthe quick\n\n2\n00:00:02,500 --> 00:00:05,000\nbrown fox\n\n",
            Write(new SubtitleOptions { MaxLineWidth = 9, MaxLineCount = 1 }, TestTranscripts.Segment(0, 5, " the quick brown fox")));

    [Fact]
    public void Write_OfASegmentOverTenSeconds_CutsAtASentenceEndNearTheMiddle() =>
        Assert.Equal(
            "1\n00:00:00,000 --> 00:00:04,000\none two three four.\n\n2\n00:00:04,000 --> 00:00:11,000\nfive six seven, eight nine ten eleven\n\n",
            Write(new SubtitleOptions(), TestTranscripts.Spoken(0, 1, "one two three four. five six seven, eight nine ten eleven")));

    [Fact]
    public void Write_OfAPauseOverThreeSeconds_CutsThere()
    {
        TranscriptSegment segment = TestTranscripts.Segment(
            0, 6, " a b c", new TranscriptWord(" a", 0, 1, 1), new TranscriptWord(" b", 4, 4.5, 1), new TranscriptWord(" c", 4.6, 6, 1));
        Assert.Equal("1\n00:00:00,000 --> 00:00:06,000\na b c\n\n", Write(new SubtitleOptions(), segment));
        segment = segment with { Words = [segment.Words![0], segment.Words[1] with { Start = 4.01 }, segment.Words[2]] };
        Assert.Equal("1\n00:00:00,000 --> 00:00:01,000\na\n\n2\n00:00:04,010 --> 00:00:06,000\nb c\n\n", Write(new SubtitleOptions(), segment));
    }

    [Fact]
    public void Write_OfTextWithoutLetters_LeavesItOut() =>
        Assert.Equal(
            "1\n00:00:02,000 --> 00:00:03,000\n42\n\n",
            Write(new SubtitleOptions(), TestTranscripts.Segment(0, 1, " ♪♪"), TestTranscripts.Segment(1, 2, " ... —"), TestTranscripts.Segment(2, 3, " 42")));

    [Fact]
    public void Write_OfAWordWithoutDuration_GivesItTimeBeforeTheNext()
    {
        TranscriptSegment instant = TestTranscripts.Segment(1, 1, " so", new TranscriptWord(" so", 1, 1, 1));
        Assert.Equal("1\n00:00:01,000 --> 00:00:01,500\nso\n\n", Write(new SubtitleOptions(), instant));
        Assert.Equal(
            "1\n00:00:01,000 --> 00:00:01,200\nso\n\n2\n00:00:01,200 --> 00:00:02,000\nwhat\n\n",
            Write(new SubtitleOptions(), instant, TestTranscripts.Segment(1.2, 2, " what")));
    }

    [Fact]
    public void Write_OfCuesThatBeginTogether_ShowsOneAfterTheOther()
    {
        TranscriptWord[] words = [.. " a b c d".Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new TranscriptWord(" " + word, 30.2, 30.2, 1))];
        Assert.Equal(
            "1\n00:00:30,200 --> 00:00:30,700\na b\n\n2\n00:00:30,700 --> 00:00:31,200\nc d\n\n",
            Write(new SubtitleOptions { MaxWordsPerLine = 2 }, TestTranscripts.Segment(30.2, 30.2, " a b c d", words)));
    }

    [Fact]
    public void Write_OfALongCueOfTwoLines_CutsBetweenThem() =>
        Assert.Equal(
            "1\n00:00:00,000 --> 00:00:05,200\none two three four\n\n2\n00:00:05,200 --> 00:00:10,400\nfive six seven eight\n\n",
            Write(new SubtitleOptions { MaxLineWidth = 20, MaxLineCount = 2 }, TestTranscripts.Spoken(0, 1.3, "one two three four five six seven eight")));

    [Fact]
    public void Write_Highlighted_UnderlinesEachWordInTurn()
    {
        TranscriptSegment segment = TestTranscripts.Segment(0, 3, " a <b> c", new TranscriptWord(" a", 0, 1, 1), new TranscriptWord(" <b>", 1.5, 2, 1), new TranscriptWord(" c", 2, 2, 1));
        Assert.Equal(
            "WEBVTT\n\n00:00.000 --> 00:01.000\n<u>a</u> &lt;b&gt; c\n\n00:01.000 --> 00:01.500\na &lt;b&gt; c\n\n00:01.500 --> 00:02.000\na <u>&lt;b&gt;</u> c\n\n",
            TestTranscripts.Write("vtt", TestTranscripts.Of(segment), new TranscriptFormatOptions { Subtitles = new SubtitleOptions { HighlightWords = true } }));
        Assert.Equal("1\n00:00:00,000 --> 00:00:01,000\na b\n\n", Write(new SubtitleOptions { HighlightWords = true }, TestTranscripts.Segment(0, 1, " a b")));
    }

    [Fact]
    public void Write_OfJapaneseWithoutWordTimes_CutsBetweenCharacters()
    {
        string text = string.Concat(Enumerable.Repeat("今日はいい天気ですね。", 4));
        Transcript transcript = TestTranscripts.OfLanguage("ja", TestTranscripts.Segment(0, 20, text));
        string srt = TestTranscripts.Write("srt", transcript);
        Assert.Equal(
            "1\n00:00:00,000 --> 00:00:10,000\n今日はいい天気ですね。今日はいい天気ですね。\n\n2\n00:00:10,000 --> 00:00:20,000\n今日はいい天気ですね。今日はいい天気ですね。\n\n",
            srt);
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(null, -1, null)]
    [InlineData(null, null, 0)]
    public void Write_OfAWidthOrCountBelowOne_IsACallersBug(int? width, int? lines, int? words) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Write(new SubtitleOptions { MaxLineWidth = width, MaxLineCount = lines, MaxWordsPerLine = words }, TestTranscripts.Segment(0, 1, " a")));

    private static string Write(SubtitleOptions options, params TranscriptSegment[] segments) =>
        TestTranscripts.Write("srt", TestTranscripts.Of(segments), new TranscriptFormatOptions { Subtitles = options });
}
