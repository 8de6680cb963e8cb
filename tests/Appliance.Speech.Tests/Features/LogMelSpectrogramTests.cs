using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Features;
using Appliance.Speech.Tests.Capture;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Features;

public sealed class LogMelSpectrogramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // speech.md §2.1: float64 DFT of the reference, the file followed by 30 s of silence
    [Theory]
    [InlineData(80, -0.538752, 1.461248, -0.360421, -0.295033, 0.125144)]
    [InlineData(128, -0.506318, 1.493682, -0.341580, -0.281176, 0.106978)]
    public void CopyWindow_Jfk_HasTheGoldenStatistics(int mels, double min, double max, double mean, double firstMean, double contentMean)
    {
        using Recording recording = Jfk(mels);

        float[] padded = Window(recording.Mel, 0, 1100, 4100, MelPadding.Silence);

        Assert.Equal(1100, recording.Mel.ContentFrames);
        Assert.Equal(min, padded.Min(), 1e-4);
        Assert.Equal(max, padded.Max(), 1e-4);
        Assert.Equal(mean, padded.Average(value => (double)value), 1e-4);
        Assert.Equal(firstMean, Window(recording.Mel, 0, 1100, 3000, MelPadding.Silence).Average(value => (double)value), 1e-4);
        Assert.Equal(contentMean, Window(recording.Mel, 0, 1100, 1100, MelPadding.Zero).Average(value => (double)value), 1e-4);
        Assert.Equal(min, recording.Mel.SilenceLevel, 1e-4);
    }

    [Theory]
    [InlineData(80, 0.035006, 0.428410, -0.044019)]
    [InlineData(128, -0.040753, 0.888757, -0.046352)]
    public void CopyWindow_Jfk_HasTheGoldenValues(int mels, double m0At100, double m10At100, double m40At500)
    {
        using Recording recording = Jfk(mels);

        float[] window = Window(recording.Mel, 50, 900, 1000, MelPadding.Zero);

        Assert.Equal(m0At100, window[50], 1e-4);
        Assert.Equal(m10At100, window[(10 * 1000) + 50], 1e-4);
        Assert.Equal(m40At500, window[(40 * 1000) + 450], 1e-4);
    }

    [Fact]
    public void CopyWindow_EachPadding_FillsWhatItSays()
    {
        using Recording recording = Jfk(80);
        IMelSource mel = recording.Mel;
        float[] content = Window(mel, 1000, 100, 100, MelPadding.Zero);

        float[] zero = Window(mel, 1000, 100, 120, MelPadding.Zero);
        float[] level = Window(mel, 1000, 100, 120, MelPadding.SilenceLevel);
        float[] silence = Window(mel, 1000, 100, 120, MelPadding.Silence);

        for (int row = 0; row < 80; row++)
        {
            foreach (float[] window in new[] { zero, level, silence })
            {
                Assert.Equal(content.AsSpan(row * 100, 100), window.AsSpan(row * 120, 100));
            }

            Assert.Equal(Enumerable.Repeat(0f, 20), zero[((row * 120) + 100)..((row + 1) * 120)]);
            Assert.Equal(Enumerable.Repeat(mel.SilenceLevel, 20), level[((row * 120) + 100)..((row + 1) * 120)]);
            Assert.Equal(Enumerable.Repeat(mel.SilenceLevel, 17), silence[((row * 120) + 103)..((row + 1) * 120)]);
        }

        // the frame at the end hears the last 200 samples
        Assert.Contains(Enumerable.Range(0, 80), row => silence[(row * 120) + 100] > mel.SilenceLevel);
    }

    [Fact]
    public void CopyWindow_SilencePaddingBeforeTheEnd_IsTheSilenceLevel()
    {
        using Recording recording = Jfk(80);

        float[] window = Window(recording.Mel, 300, 100, 110, MelPadding.Silence);

        Assert.Equal(recording.Mel.SilenceLevel, window[100]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(159)]
    [InlineData(160)]
    [InlineData(500)]
    public void CopyWindow_VeryShortRecording_IsPaddedLikeAnyOther(int samples)
    {
        using Recording recording = Analyze(_folder.Write("short.wav", WavFile.Mono16(WavFile.Tone(samples))), 80);

        float[] window = Window(recording.Mel, 0, samples / 160, 3000, MelPadding.Silence);

        Assert.Equal(samples / 160, recording.Mel.ContentFrames);
        Assert.All(window, value => Assert.InRange(value, recording.Mel.SilenceLevel, recording.Mel.SilenceLevel + 2.0001f));
        Assert.Equal(recording.Mel.SilenceLevel, window[2999]);
    }

    [Fact]
    public void SilenceLevel_DigitalSilence_IsThatOfTheFloor()
    {
        using Recording recording = Analyze(_folder.Write("silence.wav", WavFile.Mono16(new short[16000])), 80);

        Assert.Equal(-1.5f, recording.Mel.SilenceLevel);
        Assert.All(Window(recording.Mel, 0, 100, 200, MelPadding.Silence), value => Assert.Equal(-1.5f, value));
    }

    [Fact]
    public void CopyWindow_SteadyState_AllocatesNothing()
    {
        using Recording recording = Jfk(80);
        float[] window = new float[80 * 3000];
        recording.Mel.CopyWindow(0, 1100, 3000, MelPadding.Zero, window);

        long before = GC.GetAllocatedBytesForCurrentThread();
        recording.Mel.CopyWindow(100, 1000, 3000, MelPadding.Silence, window);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(-1, 10, 10, 800)]
    [InlineData(0, -1, 10, 800)]
    [InlineData(0, 10, 9, 800)]
    [InlineData(0, 10, 10, 799)]
    [InlineData(1091, 10, 10, 800)]
    public void CopyWindow_ArgumentsThatDoNotFit_AreRefused(long seek, int contentFrames, int frames, int length)
    {
        using Recording recording = Jfk(80);

        Assert.Throws<ArgumentOutOfRangeException>(() => recording.Mel.CopyWindow(seek, contentFrames, frames, MelPadding.Zero, new float[length]));
    }

    private static float[] Window(IMelSource mel, long seek, int contentFrames, int frames, MelPadding padding)
    {
        float[] window = new float[mel.MelCount * frames];
        Array.Fill(window, float.NaN);
        mel.CopyWindow(seek, contentFrames, frames, padding, window);
        return window;
    }

    private static Recording Jfk(int mels) => Analyze(SharedFolder.Require("corpus", "audio", "jfk-11s.flac"), mels);

    private static Recording Analyze(string path, int mels) =>
        Recording.Analyze(new AudioInput(path, new AudioFileOptions()), mels, null, CancellationToken.None);
}
