using Appliance.Speech.Listening;

namespace Appliance.Speech.Tests.Listening;

public class AudioHistoryTests
{
    private const int Frame = 512;

    [Fact]
    public void TryCopy_AcrossTheWrap_GivesWhatWasAppended()
    {
        AudioHistory history = new(4);
        Append(history, 0, 7);
        float[] samples = new float[3 * Frame];
        float[] probabilities = new float[3];

        Assert.True(history.TryCopy(4, 3, samples, probabilities));
        Assert.Equal([4, 5, 6], probabilities);
        Assert.Equal([4, 5, 6], samples.Chunk(Frame).Select(frame => frame.Distinct().Single()));
        Assert.Equal((7, 3), (history.Frames, history.OldestFrame));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    public void TryCopy_WhatIsNotThere_CopiesNothing(int first, int frames)
    {
        AudioHistory history = new(4);
        Append(history, 0, 7);
        float[] samples = new float[frames * Frame];

        Assert.False(history.TryCopy(first, frames, samples, new float[frames]));
        Assert.All(samples, sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000_000)]
    public void AppendSilence_LeavesNothingOfBefore(long frames)
    {
        AudioHistory history = new(4);
        Append(history, 0, 7);
        history.AppendSilence(frames);
        Append(history, 9, 1);
        float[] samples = new float[4 * Frame];
        float[] probabilities = new float[4];

        Assert.True(history.TryCopy(history.OldestFrame, 4, samples, probabilities));
        int silent = (int)Math.Min(frames, 3);
        Assert.Equal([.. new float[] { 4, 5, 6 }.Skip(silent), .. new float[silent], 9], probabilities);
        Assert.Equal(probabilities, samples.Chunk(Frame).Select(frame => frame.Distinct().Single()));
        Assert.Equal(8 + frames, history.Frames);
    }

    [Fact]
    public void Clear_LeavesNoSample()
    {
        AudioHistory history = new(4);
        Append(history, 1, 4);
        history.Clear();
        float[] samples = new float[4 * Frame];

        Assert.True(history.TryCopy(0, 4, samples, new float[4]));
        Assert.All(samples, sample => Assert.Equal(0, sample));
    }

    private static void Append(AudioHistory history, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            float[] frame = new float[Frame];
            frame.AsSpan().Fill(i);
            history.Append(frame, i);
        }
    }
}
