using Appliance.Speech.Recognition.Decoding;

namespace Appliance.Speech.Tests.Decoding;

public sealed class LoopGuardTests
{
    private const int EndOfText = 1000;

    [Theory]
    [InlineData(1, 9, false)]
    [InlineData(1, 10, true)]
    [InlineData(2, 6, false)]
    [InlineData(2, 7, true)]
    [InlineData(7, 3, false)]
    [InlineData(7, 4, true)]
    [InlineData(20, 2, false)]
    [InlineData(20, 3, true)]
    public void IsRepeated_CopiesInARow_CountAgainstTheLengthOfTheirPeriod(int period, int copies, bool repeated)
    {
        int[] tokens = [500, 501, .. Enumerable.Repeat(Enumerable.Range(1, period), copies).SelectMany(unit => unit)];

        Assert.Equal(repeated, LoopGuard.IsRepeated(tokens, EndOfText));
    }

    [Fact]
    public void IsRepeated_TimestampsBetweenCopies_AreLookedThrough()
    {
        int[] tokens = [.. Enumerable.Range(0, 4).SelectMany(copy => (int[])[2000 + copy, 1, 2, 3, 4, 5, 6, 7, 2001 + copy])];

        Assert.True(LoopGuard.IsRepeated(tokens, EndOfText));
    }

    [Fact]
    public void Add_Loop_IsNoticedAtTheCopyThatIsTooMany()
    {
        LoopGuard guard = new(224, EndOfText);
        int[] unit = [5, 6, 7, 8, 9, 10, 11];
        List<bool> noticed = [.. Enumerable.Range(0, 28).Select(i => guard.Add(unit[i % 7]))];

        Assert.Equal(27, noticed.IndexOf(true));
    }

    [Fact]
    public void Add_SpeechThatRepeatsALittle_IsLeftAlone()
    {
        LoopGuard guard = new(224, EndOfText);
        int[] text = [1, 2, 1, 2, 1, 2, 30, 31, 32, 33, 34, 30, 31, 32, 33, 34, 5, 5, 5, 5, 5, 6];

        Assert.DoesNotContain(true, text.Select(guard.Add));
    }
}
