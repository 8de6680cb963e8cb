using Appliance.Speech.Segmentation;

namespace Appliance.Speech.Tests.Segmentation;

public class LiveSegmenterTests
{
    private const float Quiet = -60f;

    // frames of the default durations: 160, 480, 512, 384, 22016 and 28000 ms
    private const int MinSpeech = 5;
    private const int MinSilence = 15;
    private const int PreRoll = 16;
    private const int Pad = 12;
    private const int Commit = 688;
    private const int Longest = 875;

    private readonly Sink _sink = new();

    [Fact]
    public void Accept_SpeechBetweenSilence_OpensWithPreRollAndClosesAfterTheHangover()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.1f, 40);
        Feed(segmenter, 0.9f, 30);
        Feed(segmenter, 0.1f, MinSilence - 1);
        Assert.Equal(["open 24 40 False"], _sink.Calls);

        Feed(segmenter, 0.1f, 1);
        Assert.Equal(["open 24 40 False", $"close {70 + Pad} 70 Silence"], _sink.Calls);
    }

    [Theory]
    [InlineData(MinSpeech - 1, 0)]
    [InlineData(MinSpeech, 1)]
    public void Accept_ShortSound_OpensNothing(int frames, int opened)
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.1f, 40);
        Feed(segmenter, 0.9f, frames);
        Feed(segmenter, 0.1f, 40);

        Assert.Equal(opened, _sink.Calls.Count(call => call.StartsWith("open", StringComparison.Ordinal)));
    }

    [Fact]
    public void Accept_ClicksFarApart_AreNotAddedUp()
    {
        LiveSegmenter segmenter = Create();
        for (int i = 0; i < 20; i++)
        {
            Feed(segmenter, 0.9f, MinSpeech - 1);
            Feed(segmenter, 0.1f, MinSilence);
        }

        Assert.Empty(_sink.Calls);
    }

    [Fact]
    public void Accept_AMurmurAfterOneFrameOfSpeech_IsForgotten()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.9f, 1);
        Feed(segmenter, 0.45f, 2000);
        Feed(segmenter, 0.9f, MinSpeech);

        Assert.Equal(["open 1985 2001 False"], _sink.Calls);
    }

    [Fact]
    public void Accept_BetweenTheThresholds_NeitherOpensNorCloses()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.45f, 100);
        Feed(segmenter, 0.9f, 10);
        Feed(segmenter, 0.45f, 100);

        Assert.Equal(["open 84 100 False"], _sink.Calls);
        Assert.True(segmenter.IsOpen);
    }

    [Fact]
    public void Accept_SpeechSoonAfterASegment_TakesNoAudioTwice()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.9f, 20);
        Feed(segmenter, 0.1f, MinSilence);
        Feed(segmenter, 0.9f, 20);
        Feed(segmenter, 0.1f, MinSilence);

        Assert.Equal(["open 0 0 False", "close 32 20 Silence", "open 32 35 False", "close 67 55 Silence"], _sink.Calls);
    }

    [Fact]
    public void Accept_NobodyPauses_CutsAtTheQuietestPointAndGoesOn()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.9f, 750);
        Feed(segmenter, 0.9f, 3, -40);
        Feed(segmenter, 0.9f, Longest - 753);
        Feed(segmenter, 0.1f, MinSilence);

        Assert.Equal(["open 0 0 False", "close 751 751 Cut", "open 751 751 True", $"close {Longest + Pad} {Longest} Silence"], _sink.Calls);
    }

    [Fact]
    public void Accept_SecondCut_KnowsTheLevelsFromBeforeTheFirst()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.9f, Commit + 10);
        Feed(segmenter, 0.9f, 3, -40);
        Feed(segmenter, 0.9f, Longest - Commit - 13);
        int cut = Commit + 11;
        Feed(segmenter, 0.9f, cut + 700 - Longest);
        Feed(segmenter, 0.9f, 3, -45);
        Feed(segmenter, 0.9f, 200);

        Assert.Equal(["open 0 0 False", $"close {cut} {cut} Cut", $"open {cut} {cut} True", $"close {cut + 701} {cut + 701} Cut", $"open {cut + 701} {cut + 701} True"], _sink.Calls);
    }

    [Fact]
    public void Accept_LongSegment_ClosesAtAShorterSilence()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.9f, Commit);
        Feed(segmenter, 0.1f, 4);

        Assert.Equal(["open 0 0 False", $"close {Commit + 4} {Commit} Silence"], _sink.Calls);
    }

    [Fact]
    public void Accept_PushToTalk_HearsFromPressToRelease()
    {
        LiveSegmenter segmenter = Create("push-to-talk");
        Feed(segmenter, 0.9f, 50);
        Feed(segmenter, 0.1f, 100, pressed: true);
        Feed(segmenter, 0.9f, 20, pressed: true);
        Feed(segmenter, 0.9f, 1);

        Assert.Equal(["open 50 50 False", "close 170 170 Released"], _sink.Calls);
    }

    [Fact]
    public void Accept_Level_OpensOnlyWhenItIsLoud()
    {
        LiveSegmenter segmenter = Create("level");
        Feed(segmenter, 0.9f, 50, -50);
        Assert.Empty(_sink.Calls);

        Feed(segmenter, 0.9f, 1, -20);
        Feed(segmenter, 0.9f, 10, -50);
        Assert.Equal(["open 34 50 False"], _sink.Calls);
    }

    [Fact]
    public void End_ClosesWhatIsOpen()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.9f, 20);
        segmenter.End(SegmentEnd.Unplugged);
        segmenter.End(SegmentEnd.Unplugged);

        Assert.Equal(["open 0 0 False", "close 20 20 Unplugged"], _sink.Calls);
    }

    [Fact]
    public void Skip_LaterPreRoll_ReachesNotIntoWhatWasNotHeard()
    {
        LiveSegmenter segmenter = Create();
        Feed(segmenter, 0.1f, 10);
        segmenter.Skip(1000);
        Feed(segmenter, 0.1f, 4);
        Feed(segmenter, 0.9f, 10);

        Assert.Equal(["open 1010 1014 False"], _sink.Calls);
    }

    [Fact]
    public void Accept_Allocates_Nothing()
    {
        LiveSegmenter segmenter = new(new LiveVadOptions(), SegmentTriggers.Find("continuous"), 0, new Silent());
        Feed(segmenter, 0.9f, 2000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(segmenter, 0.9f, 2000);
        Feed(segmenter, 0.1f, 100);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Find_UnknownMode_SaysWhichThereAre()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => SegmentTriggers.Find("whenever"));

        Assert.Contains("continuous, level, push-to-talk", problem.Message, StringComparison.Ordinal);
    }

    private LiveSegmenter Create(string mode = "continuous") => new(new LiveVadOptions(), SegmentTriggers.Find(mode), -40, _sink);

    private static void Feed(LiveSegmenter segmenter, float probability, int frames, float decibels = -20, bool pressed = false)
    {
        for (int i = 0; i < frames; i++)
        {
            segmenter.Accept(probability, probability < 0.2f ? Quiet : decibels, pressed);
        }
    }

    private sealed class Sink : ISegmentSink
    {
        public List<string> Calls { get; } = [];

        public void Open(long start, long speech, bool continues) => Calls.Add($"open {start} {speech} {continues}");

        public void Close(long end, long speechEnd, SegmentEnd reason) => Calls.Add($"close {end} {speechEnd} {reason}");
    }

    private sealed class Silent : ISegmentSink
    {
        public void Open(long start, long speech, bool continues)
        {
        }

        public void Close(long end, long speechEnd, SegmentEnd reason)
        {
        }
    }
}
