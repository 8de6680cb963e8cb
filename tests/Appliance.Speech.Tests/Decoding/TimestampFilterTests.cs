using Appliance.Speech.Recognition.Decoding.Filters;

namespace Appliance.Speech.Tests.Decoding;

/// <summary>The timestamp rules on a vocabulary of 10 text tokens, end of text (10), no-timestamps (11) and timestamps from 12 to 71.</summary>
public sealed class TimestampFilterTests
{
    private const int EndOfText = 10;
    private const int NoTimestamps = 11;
    private const int Begin = 12;
    private const int Vocabulary = 72;

    [Fact]
    public void Apply_FirstToken_OnlyTimestampsUpToTheInitialLimit()
    {
        bool[] allowed = Allowed([], maxInitial: 5);

        Assert.All(Enumerable.Range(0, Begin), token => Assert.False(allowed[token]));
        Assert.All(Enumerable.Range(Begin, 6), token => Assert.True(allowed[token]));
        Assert.All(Enumerable.Range(Begin + 6, Vocabulary - Begin - 6), token => Assert.False(allowed[token]));
    }

    [Fact]
    public void Apply_FirstTokenWithoutLimit_AllTimestamps() =>
        Assert.All(Enumerable.Range(Begin, Vocabulary - Begin), token => Assert.True(Allowed([], maxInitial: null)[token]));

    [Fact]
    public void Apply_AfterOpeningTimestamp_NoTimestamp()
    {
        bool[] allowed = Allowed([Begin]);

        Assert.All(Enumerable.Range(Begin, Vocabulary - Begin), token => Assert.False(allowed[token]));
        Assert.True(allowed[3]);
        Assert.True(allowed[EndOfText]);
    }

    [Fact]
    public void Apply_AfterPairOfTimestamps_NoTimestamp() =>
        Assert.All(Enumerable.Range(Begin, Vocabulary - Begin), token => Assert.False(Allowed([Begin, 3, Begin + 4, Begin + 4])[token]));

    [Fact]
    public void Apply_AfterClosingTimestamp_OnlyTimestampOrEnd()
    {
        bool[] allowed = Allowed([Begin, 3, Begin + 4]);

        Assert.All(Enumerable.Range(0, EndOfText), token => Assert.False(allowed[token]));
        Assert.True(allowed[EndOfText]);
        Assert.True(allowed[Begin + 4], "the next opening may equal the last closing");
        Assert.False(allowed[Begin + 3]);
    }

    [Fact]
    public void Apply_InsideSegment_ClosingIsLaterThanOpening()
    {
        bool[] allowed = Allowed([Begin + 7, 3]);

        Assert.False(allowed[Begin + 7]);
        Assert.True(allowed[Begin + 8]);
        Assert.True(allowed[3]);
    }

    [Fact]
    public void Apply_LateTextAfterTimestamps_TimestampsNeverGoBack()
    {
        bool[] allowed = Allowed([Begin, 3, Begin + 9, Begin + 20, 4, 5]);

        Assert.All(Enumerable.Range(Begin, 21), token => Assert.False(allowed[token]));
        Assert.True(allowed[Begin + 21]);
    }

    [Fact]
    public void Apply_Always_MasksNoTimestamps()
    {
        Assert.False(Allowed([])[NoTimestamps]);
        Assert.False(Allowed([Begin, 3])[NoTimestamps]);
    }

    [Fact]
    public void Apply_TimestampsTogetherMoreProbable_MasksText()
    {
        float[] logits = new float[Vocabulary];
        logits[3] = 2;

        // 60 timestamps of logit 0 sum to log 60 = 4.09, more than the text's 2
        Assert.False(Allowed([Begin, 3], logits: logits)[3]);
    }

    [Fact]
    public void Apply_TextMoreProbableThanTimestampsTogether_KeepsText()
    {
        float[] logits = new float[Vocabulary];
        logits[3] = 5;

        Assert.True(Allowed([Begin, 3], logits: logits)[3]);
        Assert.True(Allowed([Begin, 3], logits: logits)[Begin + 9]);
    }

    [Fact]
    public void Apply_LastTimestampOfAll_LeavesTheEnd()
    {
        bool[] allowed = Allowed([Begin, 3, Vocabulary - 1]);

        Assert.True(allowed[EndOfText]);
        Assert.True(allowed[Vocabulary - 1]);
    }

    private static bool[] Allowed(int[] sampled, int? maxInitial = 50, float[]? logits = null)
    {
        // without other logits the text is so probable that only the masking rules show
        logits ??= [.. Enumerable.Repeat(10f, Begin), .. new float[Vocabulary - Begin]];
        TokenRange range = new(0, Vocabulary);
        new TimestampFilter(EndOfText, NoTimestamps, Begin, maxInitial).Apply(logits, sampled, ref range);
        return [.. logits.Select((value, token) => token >= range.Begin && token < range.End && !float.IsNegativeInfinity(value))];
    }
}
