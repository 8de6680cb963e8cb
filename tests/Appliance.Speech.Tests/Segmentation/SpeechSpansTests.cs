using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Tests.Segmentation;

public class SpeechSpansTests
{
    private static readonly VadOptions NoPad = new() { SpeechPadMs = 0 };

    [Fact]
    public void Find_NoProbabilities_NoSpans() => Assert.Empty(SpeechSpans.Find([], new VadOptions(), 0));

    [Fact]
    public void Find_OnlySilence_NoSpans() => Assert.Empty(Find(NoPad, (0.1f, 100)));

    [Fact]
    public void Find_SpeechBetweenSilence_IsASpan()
    {
        SpeechSpan span = Assert.Single(Find(NoPad, (0.1f, 10), (0.9f, 20), (0.1f, 10)));

        Assert.Equal(new SpeechSpan(10 * 0.032, 30 * 0.032), span);
    }

    [Fact]
    public void Find_ProbabilityBetweenTheThresholds_NeitherBeginsNorEndsASpan()
    {
        Assert.Empty(Find(NoPad, (0.45f, 50)));

        SpeechSpan span = Assert.Single(Find(NoPad, (0.1f, 5), (0.9f, 10), (0.4f, 50), (0.1f, 10)));
        Assert.Equal(65 * 0.032, span.End, 9);
    }

    [Fact]
    public void Find_SilenceBeginsBelowTheNegativeThreshold_AndEndsTheSpanWhereItBegan()
    {
        // 100 ms are reached at the fourth frame after the first of silence, the frame in between counts as silence
        SpeechSpan span = Assert.Single(Find(NoPad, (0.9f, 20), (0.3f, 1), (0.4f, 3), (0.3f, 1), (0.9f, 3), (0.1f, 9)));

        Assert.Equal(20 * 0.032, span.End, 9);
    }

    [Theory]
    [InlineData(3, 1)] // 96 ms
    [InlineData(4, 1)] // the silence is 96 ms old when its last frame begins
    [InlineData(5, 2)] // 128 ms
    public void Find_Silence_PartsSpansFromMinSilenceOn(int silentFrames, int expected) =>
        Assert.Equal(expected, Find(NoPad, (0.9f, 20), (0.1f, silentFrames), (0.9f, 20), (0.1f, 20)).Count);

    [Theory]
    [InlineData(7, 0)] // 224 ms
    [InlineData(8, 1)] // 256 ms
    public void Find_ShortSpeech_IsLeftOut(int speechFrames, int expected) =>
        Assert.Equal(expected, Find(NoPad, (0.1f, 10), (0.9f, speechFrames), (0.1f, 10)).Count);

    [Fact]
    public void Find_SpeechToTheEnd_EndsWithTheRecording()
    {
        float[] probabilities = Frames((0.1f, 10), (0.9f, 20));

        SpeechSpan span = Assert.Single(SpeechSpans.Find(probabilities, new VadOptions(), (30 * 512) - 100));

        Assert.Equal(((30 * 512) - 100) / 16000.0, span.End, 9);
    }

    [Fact]
    public void Find_Pad_ReachesIntoTheSilenceOnBothSidesButNotBeyondTheRecording()
    {
        IReadOnlyList<SpeechSpan> spans = Find(new VadOptions(), (0.1f, 5), (0.9f, 20), (0.1f, 50), (0.9f, 20), (0.1f, 5));

        Assert.Equal(2, spans.Count);
        Assert.Equal(0.0, spans[0].Start);
        Assert.Equal((25 * 0.032) + 0.4, spans[0].End, 9);
        Assert.Equal((75 * 0.032) - 0.4, spans[1].Start, 9);
        Assert.Equal(100 * 0.032, spans[1].End, 9);
    }

    [Fact]
    public void Find_GapTooSmallForThePad_IsSharedInHalves()
    {
        IReadOnlyList<SpeechSpan> spans = Find(new VadOptions(), (0.9f, 20), (0.1f, 10), (0.9f, 20), (0.1f, 50));

        Assert.Equal(2, spans.Count);
        Assert.Equal(25 * 0.032, spans[0].End, 9);
        Assert.Equal(25 * 0.032, spans[1].Start, 9);
    }

    [Fact]
    public void Find_LongerThanMaxSpeech_IsSplitAtTheQuietestFrame()
    {
        VadOptions options = NoPad with { MaxSpeechSeconds = 10 };

        // 12.8 s of speech; the dip at frame 100 (3.2 s) is too early to be worth it, the one at 250 (8 s) is taken
        IReadOnlyList<SpeechSpan> spans = Find(options, (0.9f, 100), (0.5f, 1), (0.9f, 149), (0.6f, 1), (0.9f, 149), (0.1f, 10));

        Assert.Equal([new SpeechSpan(0, 8), new SpeechSpan(8, 12.8)], spans);
    }

    [Fact]
    public void Find_AnyProbabilities_SpansAreOrderedInsideTheRecordingAndNotTooLong()
    {
        Random random = new(17);
        for (int round = 0; round < 200; round++)
        {
            float[] probabilities = RandomProbabilities.Next(random, random.Next(1, 3000));
            long samples = (probabilities.Length * 512L) - random.Next(512);
            VadOptions options = new() { MaxSpeechSeconds = 5 + random.Next(20), MinSilenceMs = random.Next(600), SpeechPadMs = random.Next(500) };

            double end = 0;
            foreach (SpeechSpan span in SpeechSpans.Find(probabilities, options, samples))
            {
                Assert.InRange(span.Start, end, span.End);
                Assert.InRange(span.Duration, 1e-9, options.MaxSpeechSeconds + 1e-9);
                end = span.End;
            }

            Assert.InRange(end, 0, samples / 16000.0);
        }
    }

    [Fact]
    public void Find_MaxSpeechWithoutRoomForThePad_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeechSpans.Find([], new VadOptions { MaxSpeechSeconds = 1 }, 0));

    private static IReadOnlyList<SpeechSpan> Find(VadOptions options, params (float Probability, int Frames)[] runs)
    {
        float[] probabilities = Frames(runs);
        return SpeechSpans.Find(probabilities, options, probabilities.Length * 512L);
    }

    private static float[] Frames(params (float Probability, int Frames)[] runs) =>
        [.. runs.SelectMany(run => Enumerable.Repeat(run.Probability, run.Frames))];
}
