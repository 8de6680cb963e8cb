using Appliance.Speech.Recognition.Decoding.Filters;

namespace Appliance.Speech.Tests.Decoding;

public sealed class ContentEndFilterTests
{
    private const int EndOfText = 10;
    private const int Begin = 12;
    private const int Vocabulary = 12 + 1501;
    private const int ContentFrames = 400;

    [Fact]
    public void Apply_InsideText_MasksTimestampsPastTheContent()
    {
        TokenRange range = Apply([Begin, 3]);

        // content ends at timestamp 200; 0.2 s past it is 210
        Assert.Equal(new TokenRange(0, Begin + 211), range);
    }

    [Theory]
    [InlineData(174, false)]
    [InlineData(175, true)]
    [InlineData(200, true)]
    public void Apply_AfterClosing_OnlyEndWhenNearTheContentsEnd(int closing, bool onlyEnd)
    {
        TokenRange range = Apply([Begin, 3, Begin + closing]);

        Assert.Equal(onlyEnd, range == new TokenRange(EndOfText, EndOfText + 1));
    }

    [Fact]
    public void Apply_AfterOpeningNearTheEnd_TextMayFollow() =>
        Assert.Equal(0, Apply([Begin, 3, Begin + 170, Begin + 190]).Begin);

    private static TokenRange Apply(int[] sampled)
    {
        TokenRange range = new(0, Vocabulary);
        new ContentEndFilter(Begin, EndOfText, ContentFrames).Apply(new float[Vocabulary], sampled, ref range);
        return range;
    }
}
