using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.Transcripts;

public class TranscriptFormatsTests
{
    [Fact]
    public void All_HaveTheNamesAndExtensionsOfTheInterface() =>
        Assert.Equal(["json .json", "srt .srt", "tsv .tsv", "txt .txt", "vtt .vtt"], TranscriptFormats.All.Select(format => $"{format.Name} {format.Extension}").Order());

    [Theory]
    [InlineData("srt")]
    [InlineData("SRT")]
    public void Find_OfAKnownName_IgnoresCase(string name) => Assert.Equal("srt", TranscriptFormats.Find(name).Name);

    [Fact]
    public void Find_OfAnUnknownName_ListsTheKnownOnes()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => TranscriptFormats.Find("docx"));
        Assert.Contains("\"docx\": use txt, srt, vtt, tsv, json", fault.Message, StringComparison.Ordinal);
        Assert.False(TranscriptFormats.TryFind("", out _));
    }

    [Theory]
    [InlineData("txt", "")]
    [InlineData("srt", "")]
    [InlineData("vtt", "WEBVTT\n\n")]
    [InlineData("tsv", "start\tend\ttext\n")]
    public void Write_OfAnEmptyTranscript_GivesTheHeaderOnly(string name, string expected) =>
        Assert.Equal(expected, TestTranscripts.Write(name, TestTranscripts.Of()));

    [Fact]
    public void Write_OfTxt_GivesOneLineASegmentWithText()
    {
        Transcript transcript = TestTranscripts.Of(
            TestTranscripts.Segment(0, 1, " Hello\nthere. "), TestTranscripts.Segment(1, 1, ""), TestTranscripts.Segment(1, 2, "  "), TestTranscripts.Segment(2, 3, " Größe 日本"));
        Assert.Equal("Hello there.\nGröße 日本\n", TestTranscripts.Write("txt", transcript));
    }

    [Fact]
    public void Write_OfTsv_GivesMillisecondsAndTextWithoutTabs()
    {
        Transcript transcript = TestTranscripts.Of(TestTranscripts.Segment(0, 2.48, " a\tb "), TestTranscripts.Segment(3600.0005, 3601.2345, " c"));
        Assert.Equal("start\tend\ttext\n0\t2480\ta b\n3600000\t3601234\tc\n", TestTranscripts.Write("tsv", transcript));
    }
}
