using Appliance.Speech.Recognition.WordTiming;

namespace Appliance.Speech.Tests.WordTiming;

public class WordDurationsTests
{
    [Fact]
    public void Of_IgnoresEmptyWordsAndCapsTheMedian()
    {
        Assert.Equal(0.3, WordDurations.Of(Words((0, 0.2), (1, 1), (1, 1.4))).Median, 12);
        Assert.Equal(0.2, WordDurations.Of(Words((0, 0.2), (1, 1.1), (2, 2.4))).Median, 12);
        Assert.Equal(0.7, WordDurations.Of(Words((0, 5))).Median);
        Assert.Equal(0, WordDurations.Of(Words((1, 1))).Median);
        Assert.Equal(0, WordDurations.Of([]).Median);
    }

    [Fact]
    public void ClipAtSentenceEnds_CutsTheMarkOrTheWordAfterIt()
    {
        List<TimedWord> words = Words((0, 0.2), (0.2, 4), (4, 4.2), (4.2, 4.4), (4.4, 9));
        (words[1].Text, words[3].Text) = (".", "?");
        new WordDurations(0.2).ClipAtSentenceEnds(words);
        Assert.Equal(0.6, words[1].End, 12);
        Assert.Equal(8.6, words[4].Start, 12);
        Assert.Equal(4, words[2].Start);
    }

    [Fact]
    public void ClipAtSentenceEnds_LeavesLongWordsElsewhereAlone()
    {
        List<TimedWord> words = Words((0, 5), (5, 9));
        new WordDurations(0.2).ClipAtSentenceEnds(words);
        Assert.Equal([(0.0, 5.0), (5.0, 9.0)], words.Select(word => (word.Start, word.End)));
    }

    private static List<TimedWord> Words(params (double Start, double End)[] times) =>
        [.. times.Select(time => new TimedWord { Text = " w", TokenCount = 1, Start = time.Start, End = time.End, Probability = 1 })];
}
