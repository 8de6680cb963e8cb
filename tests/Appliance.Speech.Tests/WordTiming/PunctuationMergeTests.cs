using Appliance.Speech.Recognition.WordTiming;

namespace Appliance.Speech.Tests.WordTiming;

public class PunctuationMergeTests
{
    private const string Prepended = "\"'“¿([{-";
    private const string Appended = "\"'.。,，!！?？:：”)]}、";

    [Theory]
    [InlineData(" Hello|,| world|.", " Hello,|| world.|")]
    [InlineData(" \"|Yes|,|\"| he", "| \"Yes,\"||| he")]
    [InlineData(" (| (|a|)", "|| ( (a)|")]
    [InlineData("¿|Qué", "¿|Qué")]
    [InlineData(" ¿|Qué|?", "| ¿Qué?|")]
    [InlineData(" a|...|b", " a|...|b")]
    [InlineData(" a|.)|b", " a|.)|b")]
    [InlineData(" a|.|.|.", " a...|||")]
    [InlineData("", "")]
    [InlineData(" -", " -")]
    public void Apply_MovesMarksToTheirWords(string words, string expected)
    {
        List<TimedWord> timed = [.. words.Split('|').Select(text => new TimedWord { Text = text, TokenCount = 1, Start = 0, End = 1, Probability = 1 })];
        PunctuationMerge.Apply(timed, Prepended, Appended);
        Assert.Equal(expected.Split('|'), timed.Select(word => word.Text));
        Assert.Equal(timed.Count, timed.Sum(word => word.TokenCount));
        Assert.All(timed, word => Assert.Equal(word.Text.Length > 0 || words.Length == 0, word.TokenCount > 0));
    }
}
