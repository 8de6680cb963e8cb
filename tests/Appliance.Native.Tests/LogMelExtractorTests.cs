using Appliance.Testing;

namespace Appliance.Native.Tests;

public sealed class LogMelExtractorTests
{
    private const float Tolerance = 1e-4f;

    [Theory]
    [InlineData(80)]
    [InlineData(128)]
    public void Normalize_Jfk_MatchesReference(int melCount)
    {
        LogMelGolden golden = LogMelGolden.Read(melCount);
        float[] samples = SampleFiles.ReadAll(BundledClip.Path);
        float[] frames = Enumerable.Repeat(-10f, LogMelGolden.Frames * melCount).ToArray();
        using LogMelExtractor extractor = new(melCount);
        int written = extractor.Append(samples, frames);
        written += extractor.Finish(frames.AsSpan(written * melCount));
        float[] window = new float[frames.Length];
        LogMelExtractor.Normalize(frames, melCount, extractor.Maximum, window, LogMelGolden.Frames);

        Assert.Equal(1102, written);
        Assert.Equal(golden.Minimum, window.Min(), Tolerance);
        Assert.Equal(golden.Maximum, window.Max(), Tolerance);
        Assert.Equal(golden.Mean, Mean(window, melCount, LogMelGolden.Frames), Tolerance);
        Assert.Equal(golden.MeanOf3000, Mean(window, melCount, 3000), Tolerance);
        Assert.Equal(golden.MeanOf1100, Mean(window, melCount, 1100), Tolerance);
        Assert.Equal(golden.At0X100, window[100], Tolerance);
        Assert.Equal(golden.At10X100, window[(10 * LogMelGolden.Frames) + 100], Tolerance);
        Assert.Equal(golden.At40X500, window[(40 * LogMelGolden.Frames) + 500], Tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(159)]
    [InlineData(512)]
    [InlineData(16000)]
    public void Append_AnyBlockLength_GivesTheSameBits(int blockLength)
    {
        float[] samples = SampleFiles.Noise(20_000);
        using LogMelExtractor extractor = new(80);
        float[] expected = new float[130 * 80];
        int expectedFrames = extractor.Append(samples, expected);
        float expectedMaximum = extractor.Maximum;

        extractor.Reset();
        float[] actual = new float[130 * 80];
        int frames = 0;
        for (int start = 0; start < samples.Length; start += blockLength)
        {
            ReadOnlySpan<float> block = samples.AsSpan(start, Math.Min(blockLength, samples.Length - start));
            frames += extractor.Append(block, actual.AsSpan(frames * 80));
        }

        Assert.Equal(expectedFrames, frames);
        Assert.Equal(expected, actual);
        Assert.Equal(expectedMaximum, extractor.Maximum);
    }

    [Fact]
    public void Finish_ThenAppend_ContinuesAsIfNotCalled()
    {
        float[] samples = SampleFiles.Noise(4_000);
        using LogMelExtractor extractor = new(80);
        float[] whole = new float[40 * 80];
        int wholeFrames = extractor.Append(samples, whole);

        extractor.Reset();
        float[] parts = new float[40 * 80];
        int frames = extractor.Append(samples.AsSpan(0, 1_777), parts);
        int tail = extractor.Finish(new float[4 * 80]);
        frames += extractor.Append(samples.AsSpan(1_777), parts.AsSpan(frames * 80));

        Assert.InRange(tail, 1, 4);
        Assert.Equal(wholeFrames, frames);
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void Finish_WithoutSamples_WritesNothing()
    {
        using LogMelExtractor extractor = new(128);
        Assert.Equal(0, extractor.Finish([]));
        Assert.Equal(-10f, extractor.Maximum);
    }

    [Fact]
    public void Append_TooLittleRoom_IsAnArgumentException()
    {
        using LogMelExtractor extractor = new(80);
        Assert.Throws<ArgumentException>(() => extractor.Append(new float[16_000], new float[10 * 80]));
    }

    [Fact]
    public void Append_Disposed_Throws()
    {
        LogMelExtractor extractor = new(80);
        extractor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => extractor.Append(new float[10], new float[320]));
    }

    [Fact]
    public void Constructor_OtherMelCount_IsAnArgumentException() => Assert.Throws<ArgumentException>(() => new LogMelExtractor(81));

    [Fact]
    public void Constructor_ForeignSimdLevel_SaysSo()
    {
        SimdLevel foreign = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            == System.Runtime.InteropServices.Architecture.Arm64 ? SimdLevel.Avx2 : SimdLevel.Neon;
        NativeException exception = Assert.Throws<NativeException>(() => new LogMelExtractor(80, foreign));
        Assert.Equal(NativeStatus.SimdUnavailable, exception.Status);
    }

    [Fact]
    public void Normalize_ShorterThanWindow_LeavesTheRest()
    {
        float[] frames = [1f, -20f, 2f, 3f, -4f, 0f]; // [3, 2]
        float[] window = Enumerable.Repeat(7f, 10).ToArray(); // [2, 5]
        LogMelExtractor.Normalize(frames, 2, 3f, window, 5);
        Assert.Equal([1.25f, 1.5f, 0f, 7f, 7f, -0.25f, 1.75f, 1f, 7f, 7f], window);
    }

    [Fact]
    public void Normalize_FromInsideAWindow_WritesFurtherColumns()
    {
        float[] window = Enumerable.Repeat(7f, 10).ToArray(); // [2, 5]
        LogMelExtractor.Normalize([1f, -20f, 2f, 3f], 2, 3f, window.AsSpan(3), 5);
        Assert.Equal([7f, 7f, 7f, 1.25f, 1.5f, 7f, 7f, 7f, -0.25f, 1.75f], window);
    }

    [Fact]
    public void Normalize_WindowTooShort_IsAnArgumentException()
    {
        Assert.ThrowsAny<ArgumentException>(() => LogMelExtractor.Normalize(new float[80], 80, 0f, [], 0));
        Assert.ThrowsAny<ArgumentException>(() => LogMelExtractor.Normalize(new float[160], 80, 0f, new float[800], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogMelExtractor.Normalize(new float[80], 80, 0f, new float[79], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogMelExtractor.Normalize(new float[81], 80, 0f, new float[800], 10));
    }

    [Fact]
    public void AppendFinishNormalize_SteadyState_AllocateNothing()
    {
        float[] samples = SampleFiles.Noise(8_000);
        float[] frames = new float[54 * 80];
        float[] window = new float[80 * 100];
        using LogMelExtractor extractor = new(80);
        Assert.Equal(0, Allocated.LeastBytes(Run));

        void Run()
        {
            int count = extractor.Append(samples, frames);
            extractor.Finish(frames.AsSpan(count * 80));
            LogMelExtractor.Normalize(frames.AsSpan(0, count * 80), 80, extractor.Maximum, window, 100);
        }
    }

    private static float Mean(float[] window, int melCount, int frames)
    {
        double sum = 0;
        for (int m = 0; m < melCount; m++)
        {
            sum += window.AsSpan(m * LogMelGolden.Frames, frames).ToArray().Sum(static value => (double)value);
        }

        return (float)(sum / melCount / frames);
    }
}
