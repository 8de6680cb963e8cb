using Appliance.Speech.Recognition.Firewall;
using Appliance.Speech.Recognition.Streaming;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Tests.Recognition;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Streaming;

/// <summary>The real model on the bundled clip, as it would be heard.</summary>
public sealed class LiveRecognizerTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private const int FrameSamples = 512;

    [Theory]
    [InlineData("align-att")]
    [InlineData("local-agreement")]
    public void Update_GrowingSegment_NeverTakesBackWhatWasCommitted(string policy)
    {
        float[] samples = BundledClip.ReadSamples();
        using LiveRecognizer recognizer = Recognizer(new LiveRecognitionOptions { Streaming = policy });
        recognizer.Begin(continues: false);
        string committed = string.Empty;
        int commits = 0;
        for (int frames = 40; frames * FrameSamples < samples.Length; frames += 16)
        {
            Hypothesis hypothesis = recognizer.Update(Audio(samples, frames, 0.95f), mayCommit: true, CancellationToken.None);
            Assert.StartsWith(committed, hypothesis.Committed, StringComparison.Ordinal);
            commits += hypothesis.Committed.Length > committed.Length ? 1 : 0;
            committed = hypothesis.Committed;
        }

        Assert.True(commits > 2, $"{commits} commits");
        SegmentText final = recognizer.Finish(Audio(samples, samples.Length / FrameSamples, 0.95f), CancellationToken.None);
        Assert.StartsWith(committed, final.Text, StringComparison.Ordinal);
        Assert.Contains("what your country can do for you", final.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("en", final.Language);
        Assert.NotNull(final.Words);
        Assert.Equal(final.Text, string.Concat(final.Words.Select(word => word.Word)).Trim());
    }

    [Fact]
    public void Update_MayNotCommit_CommitsNothing()
    {
        float[] samples = BundledClip.ReadSamples();
        using LiveRecognizer recognizer = Recognizer(new LiveRecognitionOptions());
        recognizer.Begin(continues: false);
        string shown = string.Empty;
        for (int frames = 60; frames < 200; frames += 30)
        {
            Hypothesis hypothesis = recognizer.Update(Audio(samples, frames, 0.95f), mayCommit: false, CancellationToken.None);
            Assert.Empty(hypothesis.Committed);
            shown = hypothesis.Tentative;
        }

        Assert.Contains("fellow Americans", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_NobodyHeard_HoldsTheTextBackAndSaysWhy()
    {
        float[] samples = BundledClip.ReadSamples();
        using LiveRecognizer recognizer = Recognizer(new LiveRecognitionOptions());
        recognizer.Begin(continues: false);
        Assert.Empty(recognizer.Update(Audio(samples, 200, 0.1f), mayCommit: true, CancellationToken.None).Tentative);
        SegmentText final = recognizer.Finish(Audio(samples, samples.Length / FrameSamples, 0.1f), CancellationToken.None);
        Assert.Empty(final.Text);
        Assert.All(final.Dropped, dropped => Assert.Equal("no_voice", dropped.Reason));
        Assert.NotEmpty(final.Dropped);
    }

    [Fact]
    public void Begin_CommittedByAnotherModel_IsGoneOnFrom()
    {
        float[] samples = BundledClip.ReadSamples();
        using LiveRecognizer recognizer = Recognizer(new LiveRecognitionOptions());
        recognizer.Begin(continues: false, "And so, my fellow Americans,", "en");
        SegmentText final = recognizer.Finish(Audio(samples, samples.Length / FrameSamples, 0.95f), CancellationToken.None);
        Assert.StartsWith("And so, my fellow Americans,", final.Text, StringComparison.Ordinal);
        Assert.Contains("your country", final.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_TooShortToSayAnything_IsEmpty()
    {
        using LiveRecognizer recognizer = Recognizer(new LiveRecognitionOptions());
        recognizer.Begin(continues: false);
        Assert.Empty(recognizer.Finish(new SegmentAudio(0, new float[100], new SpeechEvidence(0, new float[1])), CancellationToken.None).Text);
    }

    private LiveRecognizer Recognizer(LiveRecognitionOptions options) => new(embedded.Model, new HallucinationFirewall(true), options);

    private static SegmentAudio Audio(float[] samples, int frames, float probability)
    {
        float[] probabilities = new float[frames];
        probabilities.AsSpan().Fill(probability);
        return new SegmentAudio(0, samples.AsMemory(0, frames * FrameSamples), new SpeechEvidence(0, probabilities));
    }
}
