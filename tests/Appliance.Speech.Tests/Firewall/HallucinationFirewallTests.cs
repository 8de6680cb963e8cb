using Appliance.Speech.Recognition.Firewall;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Tests.Firewall;

public sealed class HallucinationFirewallTests
{
    /// <summary>Three seconds of speech, as the detector hears it.</summary>
    private static readonly SpeechEvidence Voice = Evidence(0.95f);

    /// <summary>What passes every rule.</summary>
    private static readonly FirewallCandidate Good = new()
    {
        Text = " Turn on the light in the kitchen.",
        Start = 0.5,
        End = 2.5,
        Tokens = new[] { 7956, 322, 264, 1442, 294, 264, 6525, 13 },
        AverageLogProbability = -0.2,
        NoSpeechProbability = 0.02,
        CompressionRatio = 0.9,
        Repeats = false,
        Words = Words(0.9, "Turn", "on", "the", "light", "in", "the", "kitchen."),
        Evidence = Voice,
    };

    [Fact]
    public void Judge_SpeechThatTheModelIsSureOf_Passes()
    {
        Assert.Null(new HallucinationFirewall(true).Judge(Good));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(" ...")]
    [InlineData(" ♪♪")]
    public void Judge_NothingSaid_IsNoSpeech(string text)
    {
        Assert.Equal(DropReason.NoSpeech, new HallucinationFirewall(true).Judge(Good with { Text = text }));
    }

    [Fact]
    public void Judge_NoVoice_SaysSo()
    {
        Assert.Equal(DropReason.NoVoice, new HallucinationFirewall(true).Judge(Good with { Evidence = Evidence(0.1f) }));
    }

    [Fact]
    public void Judge_MoreWordsThanTheVoiceCouldSay_IsNoVoice()
    {
        float[] probabilities = new float[94];
        probabilities.AsSpan(40, 5).Fill(0.9f);
        Assert.Equal(DropReason.NoVoice, new HallucinationFirewall(true).Judge(Good with { Evidence = new SpeechEvidence(0, probabilities) }));
    }

    [Fact]
    public void Judge_Repetition_SaysSo()
    {
        HallucinationFirewall firewall = new(true);
        int[] loop = [.. Enumerable.Range(0, 24).Select(i => 5 + (i % 3))];
        Assert.Equal(DropReason.Repetition, firewall.Judge(Good with { Repeats = true }));
        Assert.Equal(DropReason.Repetition, firewall.Judge(Good with { CompressionRatio = 2.5 }));
        Assert.Equal(DropReason.Repetition, firewall.Judge(Good with { Tokens = loop }));
        Assert.Equal(DropReason.Repetition, firewall.Judge(Good with { CompressionRatio = 1.8, AverageLogProbability = -0.6 }));
        Assert.Null(firewall.Judge(Good with { CompressionRatio = 1.8 }));
    }

    [Fact]
    public void Judge_NoSpeechToken_CountsOnlyWhereItSaysAnything()
    {
        FirewallCandidate silent = Good with { NoSpeechProbability = 0.8, AverageLogProbability = -0.8 };
        Assert.Equal(DropReason.NoSpeech, new HallucinationFirewall(true).Judge(silent));
        Assert.Null(new HallucinationFirewall(false).Judge(silent));
        Assert.Null(new HallucinationFirewall(true).Judge(silent with { AverageLogProbability = -0.2 }));
    }

    [Fact]
    public void Judge_LowProbability_SaysSo()
    {
        HallucinationFirewall firewall = new(true);
        Assert.Equal(DropReason.LowProbability, firewall.Judge(Good with { AverageLogProbability = -1.2 }));
        Assert.Equal(DropReason.LowProbability, firewall.Judge(Good with { AverageLogProbability = -0.8, Words = Words(0.3, "some", "doubtful", "words") }));
        Assert.Null(firewall.Judge(Good with { AverageLogProbability = -0.8 }));
    }

    [Fact]
    public void Judge_OneSureWord_IsNotJudgedByItsMean()
    {
        FirewallCandidate tail = Good with { Text = " her.", AverageLogProbability = -1.1, Words = Words(0.98, "her.") };
        Assert.Null(new HallucinationFirewall(true).Judge(tail));
        Assert.Equal(DropReason.LowProbability, new HallucinationFirewall(true).Judge(tail with { Words = Words(0.2, "her.") }));
    }

    [Fact]
    public void Judge_AnomalousWordsInDoubt_AreHeldBack()
    {
        TranscriptWord[] fast = [.. Enumerable.Range(0, 4).Select(i => new TranscriptWord($" w{i}", 0.5 + (i * 0.02), 0.52 + (i * 0.02), 0.1))];
        FirewallCandidate candidate = Good with { Text = " w0 w1 w2", Words = fast, AverageLogProbability = -0.6 };
        Assert.Equal(DropReason.WordAnomaly, new HallucinationFirewall(true).Judge(candidate with { Evidence = Evidence(0.6f) }));
        Assert.Null(new HallucinationFirewall(true).Judge(candidate));
    }

    [Theory]
    [InlineData("Thanks for watching!")]
    [InlineData(" Subtitles by the Amara.org community")]
    [InlineData("Untertitelung des ZDF, 2020")]
    [InlineData("ご視聴ありがとうございました")]
    [InlineData("Субтитры сделал DimaTorzok")]
    [InlineData("[Music]")]
    [InlineData("Thank you. Thanks for watching.")]
    public void Judge_Credit_NeverPasses(string text)
    {
        Assert.Equal(DropReason.KnownPhrase, new HallucinationFirewall(true).Judge(Good with { Text = text }));
    }

    [Fact]
    public void Judge_PhraseThatPeopleSay_PassesOnEvidence()
    {
        HallucinationFirewall firewall = new(true);
        FirewallCandidate thanks = Good with { Text = " Thank you.", Words = Words(0.9, "Thank", "you.") };
        Assert.Null(firewall.Judge(thanks));
        Assert.Equal(DropReason.KnownPhrase, firewall.Judge(thanks with { AverageLogProbability = -0.7 }));
        Assert.Equal(DropReason.KnownPhrase, firewall.Judge(thanks with { NoSpeechProbability = 0.4 }));
        Assert.Equal(DropReason.KnownPhrase, firewall.Judge(thanks with { Evidence = Evidence(0.6f) }));
        Assert.Equal(DropReason.KnownPhrase, firewall.Judge(thanks with { Evidence = null }));
    }

    [Fact]
    public void Judge_BeginningOfACreditWhileMoreMayFollow_IsHeldBack()
    {
        HallucinationFirewall firewall = new(true);
        Assert.Equal(DropReason.KnownPhrase, firewall.Judge(Good with { Text = " Subtitles", IsOpen = true }));
        Assert.Null(firewall.Judge(Good with { Text = " Subtitles" }));
    }

    [Fact]
    public void Drop_WhatDoesNotPass_IsCounted()
    {
        HallucinationFirewall firewall = new(true);
        firewall.Drop(Good);
        firewall.Drop(Good with { Text = "Thanks for watching" });
        firewall.Judge(Good with { Text = "Thanks for watching" });
        Assert.Equal(1, firewall.Count(DropReason.KnownPhrase));
        Assert.Equal(0, firewall.Count(DropReason.NoVoice));
    }

    [Theory]
    [InlineData("It's  OK — really!", "its ok really")]
    [InlineData("ＡＢＣ。谢谢", "abc 谢谢")]
    [InlineData("…", "")]
    public void Normalize_Text_KeepsWhatIsSaid(string text, string expected)
    {
        Assert.Equal(expected, PhraseText.Normalize(text));
    }

    [Theory]
    [InlineData("one two, three", 3)]
    [InlineData("谢谢观看", 2)]
    [InlineData(" ...", 0)]
    public void CountWords_Text_Counts(string text, int expected)
    {
        Assert.Equal(expected, PhraseText.CountWords(text));
    }

    private static SpeechEvidence Evidence(float probability)
    {
        float[] probabilities = new float[94];
        probabilities.AsSpan().Fill(probability);
        return new SpeechEvidence(0, probabilities);
    }

    private static TranscriptWord[] Words(double probability, params string[] words) =>
        [.. words.Select((word, i) => new TranscriptWord(" " + word, 0.5 + (i * 0.25), 0.75 + (i * 0.25), probability))];
}
