using System.Diagnostics;
using Appliance.Testing;

namespace Appliance.Native.Tests;

public sealed class AudioFileReaderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SixteenBitAt16Khz_IsValueOver32768()
    {
        short[] values = Enumerable.Range(-32768, 65536).Select(static value => (short)value).ToArray();
        using AudioFileReader reader = Open("ramp.wav", SampleFiles.Wav(values));

        Assert.Equal("WAV, 16-bit PCM", reader.Format);
        Assert.Equal((16_000, 1, 65_536L), (reader.SampleRateHz, reader.Channels, reader.DeclaredFrames));
        Assert.Equal(values.Select(static value => value / 32768f), SampleFiles.ReadAll(reader));
        Assert.Equal(65_536, reader.Statistics.SourceFrames);
        Assert.Null(reader.Statistics.ChannelUsed);
    }

    [Fact]
    public void Read_InvertedStereo_UsesOneChannelAndSaysSo()
    {
        short[] values = SampleFiles.Noise(16_000).SelectMany(static sample => new[] { (short)(sample * 30_000), (short)(sample * -30_000) }).ToArray();
        using AudioFileReader reader = Open("inverted.wav", SampleFiles.Wav(values, channels: 2));

        float[] samples = SampleFiles.ReadAll(reader);
        Assert.Equal(values[0] / 32768f, samples[0]);
        Assert.True(reader.Statistics.CancelledChannels);
        Assert.Equal(0, reader.Statistics.ChannelUsed);
    }

    [Fact]
    public void Open_ChannelPicked_TakesThatChannel()
    {
        string path = _folder.Write("stereo.wav", SampleFiles.Wav([1, 100, 2, 200, 3, 300], channels: 2));
        Assert.Equal([100 / 32768f, 200 / 32768f, 300 / 32768f], SampleFiles.ReadAll(path, new AudioFileOptions { Channel = 1 }));
        NativeException exception =
            Assert.Throws<NativeException>(() => AudioFileReader.Open(path, new AudioFileOptions { Channel = 2 }));
        Assert.Equal(NativeStatus.ChannelAbsent, exception.Status);
    }

    [Fact]
    public void Read_LyingLength_DeliversWhatIsThereAndTheShortfall()
    {
        using AudioFileReader reader = Open("lying.wav", SampleFiles.Wav(new short[500], dataBytes: 24u * 3600 * 32_000));
        Assert.Equal(500, SampleFiles.ReadAll(reader).Length);
        Assert.Equal((24L * 3600 * 16_000) - 500, reader.Statistics.DeclaredShortfallFrames);
    }

    [Theory]
    [InlineData(0, 16_000, NativeStatus.ChannelCount)]
    [InlineData(65_535, 16_000, NativeStatus.ChannelCount)]
    [InlineData(1, 1, NativeStatus.SampleRate)]
    [InlineData(1, 10_000_000, NativeStatus.SampleRate)]
    public void Open_ImpossibleHeader_HasItsOwnStatus(int channels, int rateHz, NativeStatus expected)
    {
        NativeException exception = Assert.Throws<NativeException>(() => Open("bad.wav", SampleFiles.Wav(new short[64], channels, rateHz)));
        Assert.Equal(expected, exception.Status);
    }

    [Fact]
    public void Open_Unusable_SaysWhichPathAndWhy()
    {
        AssertFails(NativeStatus.FileNotFound, Path.Combine(_folder.Path, "absent.wav"));
        AssertFails(NativeStatus.FileIsDirectory, _folder.Path);
        AssertFails(NativeStatus.FileEmpty, _folder.Write("empty.wav", []));
        AssertFails(NativeStatus.FormatUnknown, _folder.Write("text.wav", "This is a letter, not a recording.\n"u8.ToArray()));
    }

    [Fact]
    public void Read_HeaderWithoutSamples_IsEmpty()
    {
        using AudioFileReader reader = Open("header.wav", SampleFiles.Wav([]));
        Assert.Empty(SampleFiles.ReadAll(reader));
    }

    [Fact]
    public void Read_FifoWithStreamingHeader_ReadsToItsEnd()
    {
        string path = Path.Combine(_folder.Path, "pipe");
        using (Process make = Process.Start("mkfifo", path))
        {
            make.WaitForExit();
        }

        short[] values = SampleFiles.Noise(100_000).Select(static sample => (short)(sample * 20_000)).ToArray();
        byte[] content = SampleFiles.Wav(values, dataBytes: uint.MaxValue);
        Task writing = Task.Run(() => File.WriteAllBytes(path, content), TestContext.Current.CancellationToken);
        using AudioFileReader reader = AudioFileReader.Open(path, new AudioFileOptions());

        Assert.True(reader.IsPipe);
        Assert.Equal(-1, reader.DeclaredFrames);
        Assert.Equal(values.Select(static value => value / 32768f), SampleFiles.ReadAll(reader));
        Assert.True(writing.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_Disposed_Throws()
    {
        AudioFileReader reader = Open("short.wav", SampleFiles.Wav([1, 2, 3]));
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.Read(new float[10]));
    }

    [Fact]
    public void Read_SteadyState_AllocatesNothing()
    {
        using AudioFileReader reader = Open("long.wav", SampleFiles.Wav(new short[100_000], rateHz: 44_100));
        float[] block = new float[1_000];
        Assert.Equal(1_000, reader.Read(block));
        Assert.Equal(0, Allocated.LeastBytes(() => reader.Read(block)));
    }

    [Theory]
    [InlineData("codec-flac-44k-stereo-lj19.flac")]
    [InlineData("codec-wav-6ch-48k-lj19.wav")]
    [InlineData("codec-wav-antiphase-stereo-lj19.wav")]
    [InlineData("codec-wav-gsm-lj19.wav")]
    [InlineData("codec-wav-stream-header-lj19.wav")]
    [InlineData("codec-mp3-vbr-44k-stereo-id3-lj19.mp3")]
    [InlineData("codec-ogg-opus-16k-lj19.opus")]
    public void Read_CorpusCodec_Gives6400Milliseconds(string name)
    {
        float[] samples = SampleFiles.ReadAll(SharedFolder.Require("corpus", "audio", name));
        Assert.InRange(samples.Length, 102_600, 103_800);
        Assert.True(samples.Max() > 0.05f);
    }

    private static void AssertFails(NativeStatus status, string path)
    {
        NativeException exception = Assert.Throws<NativeException>(() => AudioFileReader.Open(path, new AudioFileOptions()));
        Assert.Equal(status, exception.Status);
        Assert.Equal(path, exception.Path);
        Assert.NotEmpty(exception.Message);
    }

    private AudioFileReader Open(string name, byte[] content) => AudioFileReader.Open(_folder.Write(name, content), new AudioFileOptions());
}
