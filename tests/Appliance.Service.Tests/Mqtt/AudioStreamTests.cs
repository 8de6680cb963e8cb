using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Appliance.Native;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;
using Appliance.Service.Mqtt.AudioIn;
using Appliance.Service.Mqtt.Commands;
using Appliance.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Appliance.Service.Tests.Mqtt;

public sealed class AudioStreamTests
{
    private static readonly StreamFormat Pcm = new("s", "pcm", 16000, 1);

    [Fact]
    public void Chunks_TwiceAndOverlapping_AreTakenOnce()
    {
        using AudioStream stream = New(Pcm);
        short[] samples = [.. Enumerable.Range(0, 3000).Select(i => (short)i)];
        Add(stream, samples, 0, 1000);
        Add(stream, samples, 0, 1000);
        Add(stream, samples, 500, 2000);
        Add(stream, samples, 2000, 3000);
        using JobAudio audio = stream.Complete();
        Assert.Equal(samples, Read(audio));
        Assert.Equal(0, audio.MissingMs);
    }

    [Fact]
    public void Chunks_Missing_BecomeSilenceOfTheirLength()
    {
        using AudioStream stream = New(Pcm);
        short[] samples = [.. Enumerable.Repeat((short)1000, 16000)];
        Add(stream, samples, 0, 4000);
        Add(stream, samples, 8000, 16000);
        using JobAudio audio = stream.Complete();
        short[] read = Read(audio);
        Assert.Equal(16000, read.Length);
        Assert.All(read[4000..8000], sample => Assert.Equal(0, sample));
        Assert.Equal(250, audio.MissingMs);
    }

    [Fact]
    public void Flac_InPieces_IsTheFile()
    {
        byte[] file = File.ReadAllBytes(BundledClip.Path);
        using AudioStream stream = New(new StreamFormat("s", "flac", 16000, 1));
        for (int offset = 0; offset < file.Length; offset += 50_000)
        {
            stream.Add(new AudioChunk(false, false, 0, (uint)offset), file.AsSpan(offset, Math.Min(50_000, file.Length - offset)));
        }

        using JobAudio audio = stream.Complete();
        Assert.Equal(file, File.ReadAllBytes(audio.File.Path));
    }

    [Fact]
    public void Codec_ThatItIsNot_IsRefusedAtOnce()
    {
        using AudioStream stream = New(new StreamFormat("s", "flac", 16000, 1));
        Assert.Equal(ErrorCode.UnsupportedMedia, Assert.Throws<JobException>(() => stream.Add(new AudioChunk(false, false, 0, 0), "MZ this is no audio at all"u8)).Error.Code);
    }

    [Fact]
    public void Gap_LargerThanIsTaken_IsRefusedBeforeAnythingIsAllocated()
    {
        using AudioStream stream = New(Pcm);
        stream.Add(new AudioChunk(false, false, 0, 0), new byte[100]);
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<JobException>(() => stream.Add(new AudioChunk(false, false, 1, uint.MaxValue - 100), new byte[100])).Error.Code);
        Assert.True(stream.Bytes < 1000);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(65537)]
    public void Chunk_OfAWrongSize_IsNone(int bytes)
    {
        byte[] chunk = new byte[bytes];
        chunk[0] = 1;
        Assert.False(AudioChunk.TryRead(chunk, out _));
    }

    [Fact]
    public void Chunk_OfAnotherVersion_IsNone() => Assert.False(AudioChunk.TryRead(new byte[20], out _));

    [Fact]
    public void MemoryFile_IsInNoFolder()
    {
        using MemoryFile file = new();
        file.Append("secret"u8);
        Assert.StartsWith("/memfd:", File.ResolveLinkTarget(file.Path, returnFinalTarget: false)!.FullName, StringComparison.Ordinal);
        Assert.Equal("secret"u8.ToArray(), File.ReadAllBytes(file.Path));
    }

    private static AudioStream New(StreamFormat format) => new("job", new JsonObject(), format, new FakeTimeProvider());

    private static void Add(AudioStream stream, short[] samples, int from, int to) =>
        stream.Add(new AudioChunk(false, false, 0, (uint)from), MemoryMarshal.AsBytes(samples.AsSpan(from, to - from)));

    private static short[] Read(JobAudio audio) => MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(audio.File.Path).AsSpan(WaveHead.Bytes)).ToArray();
}
