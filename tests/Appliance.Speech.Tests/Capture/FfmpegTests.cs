using System.Diagnostics;
using Appliance.Native;
using Appliance.Speech.Capture;

namespace Appliance.Speech.Tests.Capture;

/// <summary>The child process, played by scripts.</summary>
public sealed class FfmpegTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_ProgramOnThePath_IsFound()
    {
        string program = _folder.WriteScript("ffmpeg", "exit 0");

        Assert.Equal(program, FfmpegProgram.Find($"/nonexistent:relative:{_folder.Path}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Find_NoPath_IsNull(string? searchPath) => Assert.Null(FfmpegProgram.Find(searchPath));

    [Fact]
    public void Read_WavFromThePipe_IsReadToItsEnd()
    {
        short[] tone = WavFile.Tone(48000);
        byte[] streamed = WavFile.Build(WavFile.Pcm, 1, 16000, 16, WavFile.Mono16(tone).AsSpan(44), 0xFFFFFFFF, 0xFFFFFFFF);
        AudioInput input = Input($"cat '{_folder.Write("out", streamed)}'; echo '[mov @ 0x55d0c0ffee] broken packet' >&2; echo second >&2");

        Decoded decoded = Decoded.Read(input);

        Assert.Equal(tone.Select(sample => sample / 32768f), decoded.Samples);
        Assert.EndsWith(": [mov] broken packet", Assert.Single(decoded.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ProgramThatFails_GivesItsFirstComplaint()
    {
        AudioInputException refused = Assert.Throws<AudioInputException>(Input("echo 'moov atom not found' >&2; echo second >&2; exit 1").Open);

        Assert.Equal(AudioInputError.Unsupported, refused.Code);
        Assert.Contains("(ffmpeg: moov atom not found)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ProgramThatCannotBeStarted_IsRefused()
    {
        AudioInput input = new(_folder.Write("talk.m4a", "not audio"u8), new AudioFileOptions()) { Ffmpeg = _folder.Write("ffmpeg", "x"u8) };

        Assert.Equal(AudioInputError.Unsupported, Assert.Throws<AudioInputException>(input.Open).Code);
    }

    [Fact]
    public void Open_ChannelThatIsNotThere_ListsThoseThatAre()
    {
        string wav = _folder.Write("out", WavFile.Float32(new float[3 * 16000], 3));
        AudioInput input = new(_folder.Write("talk.m4a", "not audio"u8), new AudioFileOptions { Channel = 3 }) { Ffmpeg = _folder.WriteScript("ffmpeg", $"exec cat '{wav}'") };

        AudioInputException refused = Assert.Throws<AudioInputException>(input.Open);

        Assert.Equal(AudioInputError.NoSuchChannel, refused.Code);
        Assert.Contains("the channels are 0 to 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Cancelled_EndsTheProgramAndThrows()
    {
        string wav = _folder.Write("out", WavFile.Build(WavFile.Pcm, 1, 16000, 16, new byte[64000], 0xFFFFFFFF, 0xFFFFFFFF));
        string idFile = Path.Combine(_folder.Path, "id");
        AudioInput input = Input($"echo $$ >'{idFile}'; cat '{wav}'; exec sleep 1000");
        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using AudioDecoder decoder = input.Open(cancellation.Token);
        float[] block = new float[8000];
        Assert.Equal(block.Length, decoder.Read(block));

        Stopwatch time = Stopwatch.StartNew();
        cancellation.CancelAfter(50);
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (decoder.Read(block) > 0)
            {
            }
        });

        Assert.InRange(time.Elapsed.TotalSeconds, 0, 5);
        decoder.Dispose();
        AssertGone(idFile);
    }

    [Fact]
    public void Open_CancelledWhileItWaits_EndsTheProgramAndThrows()
    {
        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        string idFile = Path.Combine(_folder.Path, "id");
        AudioInput input = Input($"echo $$ >'{idFile}'; exec sleep 1000");
        cancellation.CancelAfter(200);

        Assert.Throws<OperationCanceledException>(() => input.Open(cancellation.Token));

        AssertGone(idFile);
    }

    [Fact]
    public void Open_ComplaintThatNamesTheFile_IsGivenWithoutTheName()
    {
        AudioInputException refused = Assert.Throws<AudioInputException>(Input($"echo 'file:{_folder.Path}/talk.m4a: {new string('x', 300)}' >&2; exit 1").Open);

        Assert.Contains($"(ffmpeg: {new string('x', 120)}…)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_InTheMiddle_EndsTheProgram()
    {
        string idFile = Path.Combine(_folder.Path, "id");
        string wav = _folder.Write("out", WavFile.Build(WavFile.Pcm, 1, 16000, 16, new byte[64000], 0xFFFFFFFF, 0xFFFFFFFF));
        AudioDecoder decoder = Input($"echo $$ >'{idFile}'; cat '{wav}'; exec sleep 1000").Open(TestContext.Current.CancellationToken);
        decoder.Read(new float[100]);

        decoder.Dispose();

        AssertGone(idFile);
    }

    [Fact]
    public void Dispose_WrapperWithAChildThatKeepsThePipes_DoesNotWaitForIt()
    {
        string wav = _folder.Write("out", WavFile.Build(WavFile.Pcm, 1, 16000, 16, new byte[64000], 0xFFFFFFFF, 0xFFFFFFFF));
        AudioDecoder decoder = Input($"cat '{wav}'; sleep 20; exit 0").Open(TestContext.Current.CancellationToken);
        decoder.Read(new float[100]);
        Stopwatch time = Stopwatch.StartNew();

        decoder.Dispose();

        Assert.InRange(time.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void Open_AlreadyCancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => Input("exec sleep 1000").Open(new CancellationToken(canceled: true)));

    private static void AssertGone(string idFile) => Assert.False(Directory.Exists("/proc/" + File.ReadAllText(idFile).Trim()));

    private AudioInput Input(string script) =>
        new(_folder.Write("talk.m4a", "not audio"u8), new AudioFileOptions()) { Ffmpeg = _folder.WriteScript("ffmpeg", script) };
}
