using System.Buffers.Binary;
using Appliance.Testing;

namespace Appliance.Service.Tests.EndToEnd;

/// <summary>Inputs that are wrong in every way: a clear line and the right status, nothing left behind, and no memory that only a header promised.</summary>
public sealed class BadInputTests : IClassFixture<PeakOfModel>, IDisposable
{
    private const long Allowance = 64L << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;
    private readonly PeakOfModel _baseline;

    public BadInputTests(PeakOfModel baseline) => _baseline = baseline;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Transcribe_MissingFile_Is66() => RefusedAsync(66, Path.Combine(_folder, "none.wav"), "no such file");

    [Fact]
    public Task Transcribe_Directory_Is66() => RefusedAsync(66, _folder, "directory");

    [Fact]
    public Task Transcribe_EmptyFile_Is65() => RefusedAsync(65, Write("a.wav", []), "empty");

    [Fact]
    public Task Transcribe_NoSamplesInAValidFile_IsAnEmptyTranscript() => AcceptedAsync(new WaveFile());

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7FFFFFF0u)]
    [InlineData(uint.MaxValue)]
    public Task Transcribe_LyingSizes_AreHints(uint declared) =>
        AcceptedAsync(new WaveFile { Data = WaveFile.Tone(1), DeclaredDataBytes = declared, DeclaredFileBytes = declared });

    [Fact]
    public async Task Transcribe_ADayDeclaredInOneKilobyte_IsAWarning()
    {
        const uint Day = 24 * 3600 * 16000;
        ProgramRun run = await AcceptedAsync(new WaveFile { Data = new byte[1000], DeclaredDataBytes = Day * 2 });

        Assert.Single(run.ErrorLines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    [InlineData(65)]
    public Task Transcribe_NoChannelsOrTooMany_Is65(int channels) =>
        RefusedAsync(65, Write("a.wav", new WaveFile { Channels = (ushort)channels, Data = WaveFile.Tone(1) }.ToBytes()), "channel");

    [Theory]
    [InlineData(1)]
    [InlineData(10_000_000)]
    public Task Transcribe_RateOutsideReason_Is65(int rate) =>
        RefusedAsync(65, Write("a.wav", new WaveFile { Rate = (uint)rate, Data = WaveFile.Tone(1) }.ToBytes()), "rate");

    [Fact]
    public async Task Transcribe_TruncatedFlac_GivesWhatIsThereAndWarns()
    {
        byte[] clip = await File.ReadAllBytesAsync(BundledClip.Path, TestContext.Current.CancellationToken);
        ProgramRun run = await ProgramRun.RunAsync("transcribe", Write("a.flac", clip[..(clip.Length / 2)]));

        Assert.Equal(0, run.Code);
        Assert.Contains("Americans", run.Out, StringComparison.Ordinal);
        Assert.Single(run.ErrorLines);
        Assert.InRange(run.PeakBytes, 1, _baseline.PeakBytes + Allowance);
    }

    [Fact]
    public Task Transcribe_TextRenamedToWav_Is65() => RefusedAsync(65, Write("a.wav", "This is a letter, not audio.\n"u8.ToArray()), "");

    [Fact]
    public async Task Transcribe_NotANumberAndInfinity_CountAsZeroAndWarn()
    {
        byte[] data = new byte[16000 * sizeof(float)];
        for (int i = 0; i < 16000; i++)
        {
            float value = (i % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity };
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * sizeof(float)), value);
        }

        ProgramRun run = await AcceptedAsync(new WaveFile { Format = 3, Bits = 32, Data = data });

        Assert.Single(run.ErrorLines);
    }

    [Fact]
    public async Task Transcribe_UnknownFormatWithoutFfmpeg_SaysToInstallIt()
    {
        string file = Write("a.xyz", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))]);
        ProgramCall call = new("transcribe", file) { Variables = new Dictionary<string, string?> { ["PATH"] = _folder } };

        ProgramRun run = await ProgramRun.RunAsync(call);

        Refused(run, 65, file, "ffmpeg");
    }

    [Fact]
    public async Task Transcribe_FormatThatOnlyFfmpegReads_UsesItWhereItIsThere()
    {
        string file = SharedFolder.Require("corpus", "audio", "codec-m4a-aac-lj19.m4a");
        if (!File.Exists("/usr/bin/ffmpeg"))
        {
            Assert.Skip("ffmpeg is not installed");
        }

        ProgramRun run = await ProgramRun.RunAsync("transcribe", file);

        Assert.Equal(0, run.Code);
        Assert.NotEqual("", run.Out);
    }

    [Fact]
    public async Task Transcribe_UnknownLanguage_Is2AndListsThem()
    {
        ProgramRun run = await ProgramRun.RunAsync("transcribe", "--language", "klingon", BundledClip.Path);

        Refused(run, 2, "appliance transcribe", "en (english)");
    }

    [Fact]
    public async Task Transcribe_SuppressedTokenOutsideTheVocabulary_Is2AndNamesTheRange()
    {
        ProgramRun run = await ProgramRun.RunAsync("transcribe", "--suppress-tokens", "999999", BundledClip.Path);

        Refused(run, 2, "appliance transcribe", "from 0 to");
    }

    [Fact]
    public async Task Transcribe_UnknownModel_Is2AndListsThem()
    {
        ProgramRun run = await ProgramRun.RunAsync("transcribe", "--model", "whisper-huge", BundledClip.Path);

        Refused(run, 2, "appliance transcribe", "whisper-base");
    }

    [Fact]
    public async Task Transcribe_SomeInputsBad_TriesEachAndKeepsTheFirstStatus()
    {
        string missing = Path.Combine(_folder, "none.wav");
        string empty = Write("empty.wav", []);

        ProgramRun run = await ProgramRun.RunAsync("transcribe", missing, BundledClip.Path, empty);

        Assert.Equal(66, run.Code);
        Assert.Contains("Americans", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, run.ErrorLines.Length);
        Assert.StartsWith(missing + ": ", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.StartsWith(empty + ": ", run.ErrorLines[1], StringComparison.Ordinal);
    }

    private string Write(string name, byte[] content)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, content);
        return file;
    }

    private async Task<ProgramRun> AcceptedAsync(WaveFile wave)
    {
        ProgramRun run = await ProgramRun.RunAsync("transcribe", Write("a.wav", wave.ToBytes()));
        Assert.Equal(0, run.Code);
        Assert.InRange(run.PeakBytes, 1, _baseline.PeakBytes + Allowance);
        Assert.Single(Directory.GetFileSystemEntries(_folder));
        return run;
    }

    private async Task RefusedAsync(int code, string file, string expected)
    {
        string[] before = Directory.GetFileSystemEntries(_folder);
        ProgramRun run = await ProgramRun.RunAsync("transcribe", file, "--output", Path.Combine(_folder, "out.txt"));
        Refused(run, code, file, expected);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder));
    }

    private void Refused(ProgramRun run, int code, string start, string expected)
    {
        Assert.Equal(code, run.Code);
        Assert.Equal("", run.Out);
        string line = Assert.Single(run.ErrorLines);
        Assert.StartsWith(start + ": ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.InRange(run.PeakBytes, 1, _baseline.PeakBytes + Allowance);
    }
}
