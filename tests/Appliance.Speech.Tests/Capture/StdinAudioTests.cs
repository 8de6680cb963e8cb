using System.Buffers.Binary;
using System.IO.Pipes;
using Appliance.Speech.Capture;

namespace Appliance.Speech.Tests.Capture;

public sealed class StdinAudioTests
{
    private readonly float[] _samples = new float[4096];

    [Fact]
    public void Read_RawSamplesAtPaceZero_ComeBitForBit()
    {
        short[] said = [.. Enumerable.Range(0, 50_000).Select(i => (short)((i * 7919) % 65536 - 32768))];
        using ILiveAudio audio = Open(new MemoryStream(Bytes(said)), 0);
        Assert.False(audio.IsPaced);
        List<float> heard = Drain(audio);
        Assert.Equal(said.Select(sample => sample / 32768f), heard);
    }

    [Fact]
    public void Read_StereoChannel_TakesThatOne()
    {
        short[] said = [.. Enumerable.Range(0, 2000).Select(i => (short)(i % 2 == 0 ? 1000 : -3000))];
        using ILiveAudio right = Open(new MemoryStream(Bytes(said)), 0, options => options with { RawChannels = 2, Channel = 1 });
        Assert.All(Drain(right), sample => Assert.Equal(-3000 / 32768f, sample));
        using ILiveAudio mean = Open(new MemoryStream(Bytes(said)), 0, options => options with { RawChannels = 2 });
        Assert.All(Drain(mean), sample => Assert.Equal(-1000 / 32768f, sample));
    }

    [Fact]
    public void Read_OtherRate_IsResampled()
    {
        using ILiveAudio audio = Open(new MemoryStream(Bytes(new short[48_000])), 0, options => options with { RawRateHz = 48_000 });
        Assert.InRange(Drain(audio).Count, 15_999, 16_001);
    }

    [Fact]
    public void Read_CutFrame_IsLeftOutAndSaid()
    {
        RecordingLogger logger = new();
        using ILiveAudio audio = Open(new MemoryStream([0, 0, 0, 0, 0]), 0, options => options with { Logger = logger });
        Assert.Equal(2, Drain(audio).Count);
        Assert.Contains("1 bytes", Assert.Single(logger.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FastWriterInRealTime_IsHeldBackAndLosesNothing()
    {
        using ILiveAudio audio = Open(new MemoryStream(Bytes(new short[16_000])), 1);
        Assert.True(audio.IsPaced);
        long start = TimeProvider.System.GetTimestamp();
        Assert.Equal(16_000, Drain(audio).Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0.85, 10);
    }

    [Fact]
    public void Read_WriterThatPauses_IsIdleMeanwhile()
    {
        using AnonymousPipeServerStream writer = new(PipeDirection.Out);
        using AnonymousPipeClientStream reader = new(PipeDirection.In, writer.ClientSafePipeHandle);
        using ILiveAudio audio = Open(reader, 1);
        Assert.Equal(CaptureEvent.Present, audio.Read(_samples, CancellationToken.None).Event);
        Assert.Equal(CaptureEvent.Idle, audio.Read(_samples, CancellationToken.None).Event);
        writer.Write(Bytes(new short[320]));
        int heard = 0;
        while (heard < 320)
        {
            heard += (int)audio.Read(_samples, CancellationToken.None).Samples;
        }

        writer.Dispose();
        Assert.Empty(Drain(audio));
    }

    [Fact]
    public void IsMuted_Samples_AreSkippedAndNotHeard()
    {
        using ILiveAudio audio = Open(new MemoryStream(Bytes([.. Enumerable.Repeat((short)1234, 4000)])), 0, options => options with { StartsMuted = true });
        int skipped = 0;
        CaptureRead read;
        while ((read = audio.Read(_samples, CancellationToken.None)).Event != CaptureEvent.Ended)
        {
            Assert.NotEqual(CaptureEvent.Samples, read.Event);
            skipped += (int)read.Samples;
            Assert.All(_samples, sample => Assert.Equal(0, sample));
        }

        Assert.Equal(4000, skipped);
    }

    [Theory]
    [InlineData(0, 1, null, 1.0)]
    [InlineData(16000, 0, null, 1.0)]
    [InlineData(16000, 2, 2, 1.0)]
    [InlineData(16000, 1, null, -1.0)]
    public void Open_WrongOption_SaysWhich(int rate, int channels, int? channel, double pace)
    {
        CaptureException problem = Assert.Throws<CaptureException>(() => CaptureSources.Find("stdin").Open(new CaptureOptions
        {
            RawInput = Stream.Null,
            RawRateHz = rate,
            RawChannels = channels,
            Channel = channel,
            Pace = pace,
        }));
        Assert.Equal(CaptureError.BadRequest, problem.Error);
    }

    private static ILiveAudio Open(Stream stream, double pace, Func<CaptureOptions, CaptureOptions>? with = null)
    {
        CaptureOptions options = new() { RawInput = stream, Pace = pace };
        return CaptureSources.Find("stdin").Open(with?.Invoke(options) ?? options);
    }

    private List<float> Drain(ILiveAudio audio)
    {
        List<float> heard = [];
        CaptureRead read;
        while ((read = audio.Read(_samples, CancellationToken.None)).Event != CaptureEvent.Ended)
        {
            if (read.Event == CaptureEvent.Samples)
            {
                heard.AddRange(_samples.AsSpan(0, (int)read.Samples));
            }
        }

        return heard;
    }

    private static byte[] Bytes(short[] samples)
    {
        byte[] bytes = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * 2), samples[i]);
        }

        return bytes;
    }
}
