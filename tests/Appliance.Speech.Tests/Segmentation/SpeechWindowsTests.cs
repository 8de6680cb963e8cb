using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Tests.Segmentation;

public class SpeechWindowsTests
{
    [Fact]
    public void Clips_ShortPauses_AreKeptInTheClip()
    {
        IReadOnlyList<SpeechSpan> clips = SpeechWindows.Clips([new(0.5, 3.0), new(4.9, 6.0), new(8.0, 9.0), new(20.0, 21.004)], 60);

        Assert.Equal([new SpeechSpan(0.5, 6.0), new SpeechSpan(8.0, 9.0), new SpeechSpan(20.0, 21.01)], clips);
    }

    [Fact]
    public void Clips_LastSpan_EndsWithTheRecording() =>
        Assert.Equal([new SpeechSpan(1.0, 2.001)], SpeechWindows.Clips([new(1.0, 2.001)], 2.001));

    [Fact]
    public void Pack_NoSpans_NoWindows() => Assert.Empty(SpeechWindows.Pack([], []));

    [Fact]
    public void Pack_NeighboursThatFit_ShareAWindow()
    {
        IReadOnlyList<SpeechSpan> windows = SpeechWindows.Pack([new(1, 9), new(10, 19), new(20, 30), new(31, 40)], Certain(40));

        // three would fit from the start, but not from the end: both divisions need two windows and leave out one gap
        Assert.Equal(2, windows.Count);
        Assert.Equal((1, 40), (windows[0].Start, windows[1].End));
    }

    [Fact]
    public void Pack_LongSilence_IsLeftOut() =>
        Assert.Equal([new SpeechSpan(0, 5), new SpeechSpan(18, 24)], SpeechWindows.Pack([new(0, 5), new(18, 24)], Certain(24)));

    [Fact]
    public void Pack_WhereAWindowMustEnd_TheLongestGapIsTaken()
    {
        IReadOnlyList<SpeechSpan> windows = SpeechWindows.Pack([new(0, 9), new(9.2, 14), new(17, 28), new(28.2, 40)], Certain(40));

        Assert.Equal([new SpeechSpan(0, 14), new SpeechSpan(17, 40)], windows);
    }

    [Fact]
    public void Pack_SpeechWithoutAPause_IsCutAtLowProbability()
    {
        float[] probabilities = Certain(50);
        probabilities[900] = 0.2f; // 28.8 s

        IReadOnlyList<SpeechSpan> windows = SpeechWindows.Pack([new(0, 50)], probabilities);

        Assert.Equal([new SpeechSpan(0, 28.81), new SpeechSpan(28.81, 50)], windows);
    }

    [Fact]
    public void Pack_AnySpans_EverySpanIsCoveredByOrderedWindowsThatFit()
    {
        Random random = new(5);
        for (int round = 0; round < 300; round++)
        {
            float[] probabilities = RandomProbabilities.Next(random, random.Next(1, 12000));
            long samples = probabilities.Length * 512L;
            double longest = random.Next(3) == 0 ? 1 + (random.NextDouble() * 40) : 30;
            IReadOnlyList<SpeechSpan> spans = SpeechSpans.Find(probabilities, VadOptions.ForFiles, samples);

            IReadOnlyList<SpeechSpan> windows = SpeechWindows.Pack(spans, probabilities, longest);

            AssertOrderedAndFitting(windows, longest);
            Assert.All(spans, span => Assert.Equal(0, Uncovered(span, windows), 9));
        }
    }

    [Fact]
    public void Pack_HalfAnHourOfTalk_FillsItsWindows()
    {
        Random random = new(11);
        List<SpeechSpan> spans = [];
        for (double time = 0; time < 1800;)
        {
            SpeechSpan span = new(time, time + 1 + (random.NextDouble() * 7));
            spans.Add(span);
            time = span.End + 0.2 + random.NextDouble();
        }

        IReadOnlyList<SpeechSpan> windows = SpeechWindows.Pack(spans, Certain(1820));

        Assert.InRange(windows.Average(window => window.Duration), 24, 30);
    }

    private static void AssertOrderedAndFitting(IReadOnlyList<SpeechSpan> windows, double longest)
    {
        double end = 0;
        foreach (SpeechSpan window in windows)
        {
            Assert.InRange(window.Start, end, window.End);
            Assert.InRange((int)Math.Round(window.Duration * 100), 1, (int)(longest * 100));
            Assert.Equal(Math.Round(window.Start * 100), window.Start * 100, 6);
            end = window.End;
        }
    }

    private static double Uncovered(SpeechSpan span, IReadOnlyList<SpeechSpan> windows)
    {
        double covered = windows.Sum(window => Math.Max(0, Math.Min(span.End, window.End) - Math.Max(span.Start, window.Start)));
        return Math.Max(0, span.Duration - covered);
    }

    private static float[] Certain(int seconds) => [.. Enumerable.Repeat(0.99f, (seconds * 16000 / 512) + 1)];
}
