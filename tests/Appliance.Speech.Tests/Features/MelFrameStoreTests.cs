using Appliance.Speech.Features;

namespace Appliance.Speech.Tests.Features;

public class MelFrameStoreTests
{
    private const int Mels = 3;
    private const int MostAtOnce = 107;

    [Fact]
    public void Run_FramesAppendedInAnyPortions_AreThereInOrder()
    {
        using MelFrameStore store = new(Mels, MostAtOnce);

        Fill(store, 4321, new Random(1));

        Assert.Equal(4321, store.FrameCount);
        AssertFrames(store, 0, 4321);
        AssertFrames(store, 999, 1001);
        AssertFrames(store, 4000, 4321);
    }

    [Fact]
    public void Run_AfterKeepOnly_HasTheRecentBlocksAndRefusesOlderOnes()
    {
        using MelFrameStore store = new(Mels, MostAtOnce);
        Fill(store, 5500, new Random(2));

        store.KeepOnly(3);

        Assert.Equal(3000, store.FirstFrame);
        AssertFrames(store, 3000, 5500);
        Fill(store, 9001, new Random(3));
        Assert.Equal(7000, store.FirstFrame);
        AssertFrames(store, 7000, 9001);
        Assert.Throws<ArgumentOutOfRangeException>(() => store.Run(6999, 7001).Length);
    }

    [Fact]
    public void Run_BeyondTheEnd_IsRefused()
    {
        using MelFrameStore store = new(Mels, MostAtOnce);
        Fill(store, 10, new Random(4));

        Assert.Throws<ArgumentOutOfRangeException>(() => store.Run(5, 11).Length);
    }

    [Fact]
    public void Clear_Filled_BeginsAnewWithTheSameLimit()
    {
        using MelFrameStore store = new(Mels, MostAtOnce);
        store.KeepOnly(2);
        Fill(store, 5000, new Random(5));

        store.Clear();

        Assert.Equal((0, 0), (store.FrameCount, store.FirstFrame));
        Fill(store, 3500, new Random(6));
        Assert.Equal(2000, store.FirstFrame);
        AssertFrames(store, 2000, 3500);
    }

    [Fact]
    public void Append_RingInSteadyState_AllocatesNothing()
    {
        using MelFrameStore store = new(Mels, MostAtOnce);
        store.KeepOnly(2);
        Fill(store, 5000, new Random(7));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            store.Room()[..Mels].Clear();
            store.Append(MostAtOnce);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Fill(MelFrameStore store, long end, Random random)
    {
        while (store.FrameCount < end)
        {
            int frames = (int)Math.Min(end - store.FrameCount, random.Next(MostAtOnce + 1));
            Span<float> room = store.Room();
            for (int i = 0; i < frames * Mels; i++)
            {
                room[i] = (store.FrameCount * Mels) + i;
            }

            store.Append(frames);
        }
    }

    private static void AssertFrames(MelFrameStore store, long first, long end)
    {
        for (long frame = first; frame < end;)
        {
            ReadOnlySpan<float> run = store.Run(frame, end);
            for (int i = 0; i < run.Length; i++)
            {
                Assert.Equal((frame * Mels) + i, run[i]);
            }

            frame += run.Length / Mels;
        }
    }
}
