using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Streaming;

namespace Appliance.Speech.Tests.Streaming;

public sealed class StreamingPolicyTests
{
    [Theory]
    [InlineData("auto", true, "align-att")]
    [InlineData("auto", false, "local-agreement")]
    [InlineData("local-agreement", true, "local-agreement")]
    [InlineData("align-att", true, "align-att")]
    public void Choose_Name_IsThePolicyThatTheModelCanServe(string name, bool hasAlignment, string expected) =>
        Assert.Equal(expected, StreamingPolicies.Choose(name, hasAlignment).Name);

    [Fact]
    public void Choose_WhatTheModelCannotServe_SaysWhatToDo() =>
        Assert.Contains("use local-agreement", Assert.Throws<ArgumentException>(() => StreamingPolicies.Choose("align-att", false)).Message, StringComparison.Ordinal);

    [Fact]
    public void Choose_UnknownName_ListsThoseThereAre() =>
        Assert.Contains("auto, align-att, local-agreement", Assert.Throws<ArgumentException>(() => StreamingPolicies.Choose("x", true)).Message, StringComparison.Ordinal);

    [Fact]
    public void LocalAgreement_TwoHypotheses_CommitsWholeWordsThatBothBeginWith()
    {
        IStreamingPolicy policy = StreamingPolicies.Choose("local-agreement", false);

        // words end after 2, 3 and 5 tokens
        SegmentHypothesis hypothesis = Hypothesis([1, 2, 3, 4, 5], [2, 3, 5]);
        Assert.Equal(0, policy.CommittableWords(hypothesis, []));
        Assert.Equal(0, policy.CommittableWords(hypothesis, [1]));
        Assert.Equal(1, policy.CommittableWords(hypothesis, [1, 2, 9]));
        Assert.Equal(2, policy.CommittableWords(hypothesis, [1, 2, 3, 4]));
        Assert.Equal(3, policy.CommittableWords(hypothesis, [1, 2, 3, 4, 5, 6]));
    }

    [Fact]
    public void AlignAtt_TokenThatLooksAtTheEnd_StopsItAndAllAfter()
    {
        IStreamingPolicy policy = StreamingPolicies.Choose("align-att", true);
        SegmentHypothesis hypothesis = Hypothesis([1, 2, 3, 4], [1, 2, 3, 4]) with
        {
            Positions = 200,
            Peaks = [20, 180, 40, 50],
            Probabilities = [0.9f, 0.9f, 0.9f, 0.9f],
        };
        Assert.Equal(1, policy.CommittableWords(hypothesis, [1, 2, 3, 4]));
        Assert.Equal(2, policy.CommittableWords(hypothesis with { Positions = 206, Peaks = [20, 180, 190, 50] }, [1, 2, 3, 4]));
    }

    [Fact]
    public void AlignAtt_DoubtfulToken_WaitsLonger()
    {
        IStreamingPolicy policy = StreamingPolicies.Choose("align-att", true);
        SegmentHypothesis hypothesis = Hypothesis([1, 2], [1, 2]) with { Positions = 200, Peaks = [20, 120], Probabilities = [0.9f, 0.4f] };
        Assert.Equal(1, policy.CommittableWords(hypothesis, [1, 2]));
        Assert.Equal(2, policy.CommittableWords(hypothesis with { Positions = 240 }, [1, 2]));
    }

    [Fact]
    public void AlignAtt_WithoutAgreement_CommitsNothing()
    {
        IStreamingPolicy policy = StreamingPolicies.Choose("align-att", true);
        SegmentHypothesis hypothesis = Hypothesis([1, 2], [1, 2]) with { Positions = 500, Peaks = [20, 30], Probabilities = [0.9f, 0.9f] };
        Assert.Equal(0, policy.CommittableWords(hypothesis, [7, 2]));
        Assert.Equal(2, policy.CommittableWords(hypothesis, [1, 2]));
    }

    private static SegmentHypothesis Hypothesis(int[] text, int[] wordEnds) => new()
    {
        Result = new DecodingResult { Tokens = text, AverageLogProbability = -0.1, NoSpeechProbability = 0, CompressionRatio = 1, Text = string.Empty, Temperature = 0, Repeats = false },
        Text = text,
        WordEnds = wordEnds,
        Peaks = [],
        Probabilities = [],
        Words = null,
        Positions = 1500,
    };
}
