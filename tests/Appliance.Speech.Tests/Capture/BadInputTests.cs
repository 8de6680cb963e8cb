using System.Text;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Capture;

/// <summary>Files that are not what they should be: each is refused or read as far as it goes, without memory for what is not there.</summary>
[Collection(MeasuredTests.Name)]
public sealed class BadInputTests : IDisposable
{
    private const long MaxBytes = 64L << 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_MissingFile_SaysSo() =>
        AssertRefused(Path.Combine(_folder.Path, "absent.wav"), AudioInputError.NotFound, "no such file");

    [Fact]
    public void Open_FileAsFolder_SaysThereIsNoSuchFile() =>
        AssertRefused(Path.Combine(_folder.Write("a.wav", "x"u8), "b.wav"), AudioInputError.NotFound, "no such file");

    [Fact]
    public void Open_Directory_SaysSo() => AssertRefused(_folder.Path, AudioInputError.IsDirectory, "directory");

    [Fact]
    public void Open_UnreadableFile_SaysSo()
    {
        string path = _folder.Write("secret.wav", WavFile.Mono16(WavFile.Tone(1600)));
        File.SetUnixFileMode(path, UnixFileMode.None);
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Skip("root reads every file");
        }

        AssertRefused(path, AudioInputError.NotReadable, "permissions");
    }

    [Fact]
    public void Open_EmptyFile_IsRefused() => AssertRefused(_folder.Write("empty.wav", []), AudioInputError.Unsupported, "empty");

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void Open_Device_IsRefusedWithoutReadingIt(string path) => AssertRefused(path, AudioInputError.Unsupported, "device");

    [Fact]
    public void Open_NamedPipe_IsRefusedWithoutWaitingForAWriter()
    {
        string path = Path.Combine(_folder.Path, "pipe.wav");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [path]))
        {
            mkfifo.WaitForExit();
        }

        AssertRefused(path, AudioInputError.Unsupported, "pipe");
    }

    [Fact]
    public void Read_DataChunkOfZeroBytes_IsAnEmptyRecording() =>
        Assert.Empty(Decode(_folder.Write("none.wav", WavFile.Mono16([]))).Samples);

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu, 0x7FFFFFF0u)]
    [InlineData(36u, 0xFFFFFFF0u)]
    [InlineData(12u, 3200u)]
    public void Read_LyingSizes_GivesWhatIsThere(uint riffSize, uint dataSize)
    {
        byte[] data = WavFile.Mono16(WavFile.Tone(1600))[44..];

        Decoded decoded = Decode(_folder.Write("lying.wav", WavFile.Build(WavFile.Pcm, 1, 16000, 16, data, riffSize, dataSize)));

        Assert.Equal(1600, decoded.Samples.Length);
    }

    [Fact]
    public void Read_DayOfDeclaredLengthInAKilobyte_GivesWhatIsThereWithAWarning()
    {
        byte[] data = WavFile.Mono16(WavFile.Tone(478))[44..];
        uint declared = 24 * 3600 * 16000u * 2;

        Decoded decoded = Decode(_folder.Write("day.wav", WavFile.Build(WavFile.Pcm, 1, 16000, 16, data, declared + 36, declared)));

        Assert.Equal(478, decoded.Samples.Length);
        Assert.Contains("promises 86400 s", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 16000)]
    [InlineData(65, 16000)]
    [InlineData(65535, 16000)]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 999)]
    [InlineData(1, 10_000_000)]
    public void Open_ChannelsOrRateOutOfRange_IsRefused(int channels, int rateHz)
    {
        string path = _folder.Write("odd.wav", WavFile.Build(WavFile.Pcm, channels, rateHz, 16, new byte[4000]));

        AssertRefused(path, AudioInputError.Unsupported, "");
    }

    [Theory]
    [InlineData(64, 16000)]
    [InlineData(1, 1000)]
    [InlineData(1, 768000)]
    public void Read_ChannelsOrRateAtTheLimit_IsRead(int channels, int rateHz)
    {
        int frames = rateHz / 10;
        Decoded decoded = Decode(_folder.Write("limit.wav", WavFile.Build(WavFile.Pcm, channels, rateHz, 16, new byte[frames * channels * 2])));

        Assert.InRange(decoded.Samples.Length, 1599, 1601);
    }

    [Fact]
    public void Read_TruncatedFlac_GivesWhatIsThereWithAWarning()
    {
        byte[] whole = File.ReadAllBytes(SharedFolder.Require("corpus", "audio", "jfk-11s.flac"));

        Decoded decoded = Decode(_folder.Write("cut.flac", whole.AsSpan(0, whole.Length / 2)));

        Assert.InRange(decoded.Samples.Length, 16000, 160000);
        Assert.Contains(decoded.Warnings, warning => warning.Contains("promises 11 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("notes.wav")]
    [InlineData("notes.xyz")]
    public void Open_TextFile_IsRefused(string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Milk, bread, eggs.\n", 500)));

        AssertRefused(_folder.Write(name, text), AudioInputError.Unsupported, "ffmpeg");
    }

    [Theory]
    [InlineData("ffconcat version 1.0\nfile '/dev/zero'\n")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n/etc/passwd\n")]
    public void Open_FileThatNamesOtherFiles_IsRefused(string text) =>
        AssertRefused(_folder.Write("list.m3u8", Encoding.UTF8.GetBytes(text)), AudioInputError.Unsupported, "ffmpeg");

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Open_Garbage_IsRefused(int bytes)
    {
        byte[] garbage = new byte[bytes];
        new Random(bytes).NextBytes(garbage);

        AssertRefused(_folder.Write("garbage.bin", garbage), AudioInputError.Unsupported, "ffmpeg");
    }

    [Fact]
    public void Open_HeaderCutShort_IsRefused() =>
        AssertRefused(_folder.Write("stub.wav", WavFile.Mono16([]).AsSpan(0, 20)), AudioInputError.Unsupported, "");

    [Fact]
    public void Open_WithoutFfmpeg_SaysHowToInstallIt()
    {
        AudioInput input = new(_folder.Write("talk.m4a", "\0\0\0 ftypM4A \0\0\0\0"u8), new AudioFileOptions()) { Ffmpeg = null };

        AudioInputException refused = Assert.Throws<AudioInputException>(input.Open);

        Assert.Equal(AudioInputError.Unsupported, refused.Code);
        Assert.Contains("sudo apt-get install ffmpeg", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SamplesThatAreNotNumbers_CountAsSilence()
    {
        float[] samples = [0.5f, float.NaN, 0.25f, float.PositiveInfinity, float.NegativeInfinity, -0.5f];

        Decoded decoded = Decode(_folder.Write("nan.wav", WavFile.Float32(samples, 1)));

        Assert.Equal([0.5f, 0f, 0.25f, 0f, 0f, -0.5f], decoded.Samples);
        Assert.StartsWith("3 samples are not numbers", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1, "the only channel is 0")]
    [InlineData(4, 3, "the channels are 0 to 2")]
    public void Open_ChannelThatIsNotThere_ListsThoseThatAre(int channel, int channels, string listed)
    {
        AudioInput input = new(_folder.Write("few.wav", WavFile.Float32(new float[300 * channels], channels)), new AudioFileOptions { Channel = channel });

        AudioInputException refused = Assert.Throws<AudioInputException>(input.Open);

        Assert.Equal(AudioInputError.NoSuchChannel, refused.Code);
        Assert.Contains(listed, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InvertedChannels_TakesOneAndSaysSo()
    {
        float[] samples = [.. WavFile.Tone(16000).SelectMany(sample => new[] { sample / 32768f, -sample / 32768f })];

        Decoded decoded = Decode(_folder.Write("inverted.wav", WavFile.Float32(samples, 2)));

        Assert.InRange(decoded.Samples.Max(), 0.2f, 0.3f);
        Assert.Contains("cancel each other", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    private static void AssertRefused(string path, AudioInputError code, string text)
    {
        AudioInputException? refused = null;
        RunMeasured(() => refused = Assert.Throws<AudioInputException>(() => new AudioInput(path, new AudioFileOptions()).Open()));

        Assert.Equal(code, refused!.Code);
        Assert.Equal(path, refused.Path);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
        Assert.Contains(": ", refused.Message, StringComparison.Ordinal);
    }

    private static Decoded Decode(string path)
    {
        Decoded? decoded = null;
        RunMeasured(() => decoded = Decoded.Read(new AudioInput(path, new AudioFileOptions())));
        return decoded!;
    }

    private static void RunMeasured(Action action)
    {
        Task work = Task.CompletedTask;
        long bytes = PeakMemory.Measure(() =>
        {
            work = Task.Run(action);
            Assert.True(Task.WaitAll([work], Deadline), $"not done after {Deadline.TotalSeconds} s");
        });

        Assert.InRange(bytes, 0, MaxBytes);
    }
}
