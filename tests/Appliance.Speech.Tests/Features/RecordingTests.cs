using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Features;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Tests.Capture;
using Appliance.Speech.Tests.Segmentation;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Features;

[Collection(MeasuredTests.Name)]
public sealed class RecordingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Analyze_WithVad_GivesLengthAndGoldenProbabilities()
    {
        using SileroVad vad = VadGolden.LoadModel();
        vad.Append(new float[700], new float[2]);

        using Recording recording = Recording.Analyze(Jfk(), 80, vad, CancellationToken.None);

        Assert.Equal(176000, recording.SampleCount);
        Assert.Equal(11.0, recording.DurationSeconds);
        Assert.Empty(recording.Warnings);
        VadGolden.AssertClose(VadGolden.Read("jfk-11s").Probabilities, [.. recording.SpeechProbabilities!]);
    }

    [Fact]
    public void Analyze_WithoutVad_HasNoProbabilities()
    {
        using Recording recording = Recording.Analyze(Jfk(), 80, null, CancellationToken.None);

        Assert.Null(recording.SpeechProbabilities);
        Assert.Equal(TimeSpan.Zero, recording.VadTime);
    }

    [Fact]
    public void Analyze_EachStage_IsTimedByTheTimeProvider()
    {
        using SileroVad vad = VadGolden.LoadModel();
        AudioInput input = new(SharedFolder.Require("corpus", "audio", "jfk-11s.flac"), new AudioFileOptions(), new CountingTime());

        using Recording recording = Recording.Analyze(input, 80, vad, CancellationToken.None);

        // 11 blocks and the end, each of them one tick a stage, and one for opening
        Assert.Equal((13, 12, 12), (recording.DecodeTime.TotalSeconds, recording.LogMelTime.TotalSeconds, recording.VadTime.TotalSeconds));
    }

    [Fact]
    public void Analyze_EmptyRecording_HasNoFrames()
    {
        using Recording recording = Recording.Analyze(Input(_folder.Write("none.wav", WavFile.Mono16([]))), 80, null, CancellationToken.None);

        Assert.Equal((0, 0, 0.0), (recording.SampleCount, recording.Mel.ContentFrames, recording.DurationSeconds));
    }

    [Fact]
    public void Analyze_Shortfall_IsAWarning()
    {
        string path = _folder.Write("day.wav", WavFile.Build(WavFile.Pcm, 1, 16000, 16, new byte[1000], dataSize: 0x10000000));

        using Recording recording = Recording.Analyze(Input(path), 80, null, CancellationToken.None);

        Assert.Contains("the header promises", Assert.Single(recording.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => Recording.Analyze(Jfk(), 80, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Mel_LimitedMemory_GivesTheSameWindowsAsKeepingAll()
    {
        AudioInput input = Input(SharedFolder.Require("corpus", "audio", "ljspeech-long-LJ001-0001-0016.flac"));
        using Recording kept = Recording.Analyze(input, 80, null, CancellationToken.None);
        using Recording reread = Recording.Analyze(input, 80, null, keptFrames: 2500, recentBlocks: 2, CancellationToken.None);
        int last = (int)kept.Mel.ContentFrames;

        // forward, a little back, far back (begins anew), and the end
        foreach ((int seek, int content) in new[] { (0, 900), (850, 1000), (3000, 900), (2600, 900), (100, 500), (last - 300, 300), (last - 10, 10) })
        {
            Assert.Equal(Window(kept, seek, content), Window(reread, seek, content));
        }

        Assert.Equal(kept.Mel.SilenceLevel, reread.Mel.SilenceLevel);
        Assert.Equal(kept.Mel.ContentFrames, reread.Mel.ContentFrames);
    }

    [Fact]
    public void Mel_FileShortenedMeanwhile_IsAnError()
    {
        string path = _folder.Write("tone.wav", WavFile.Mono16(WavFile.Tone(16000 * 30)));
        using Recording recording = Recording.Analyze(Input(path), 80, null, keptFrames: 1000, recentBlocks: 2, CancellationToken.None);
        _folder.Write("tone.wav", WavFile.Mono16(WavFile.Tone(16000 * 15)));

        AudioInputException changed = Assert.Throws<AudioInputException>(() => Window(recording, 2000, 500));

        Assert.Equal(AudioInputError.Changed, changed.Code);
    }

    [Fact]
    public void Mel_CancelledAfterAnalysis_EndsTheSecondReading()
    {
        string path = _folder.Write("tone.wav", WavFile.Mono16(WavFile.Tone(16000 * 30)));
        using CancellationTokenSource cancellation = new();
        using Recording recording = Recording.Analyze(Input(path), 80, null, keptFrames: 1000, recentBlocks: 2, cancellation.Token);
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => Window(recording, 0, 500));
    }

    [Fact]
    public void Analyze_OverAnHour_TakesNoMemoryForItsLength()
    {
        const int seconds = 9000;
        string path = Path.Combine(_folder.Path, "long.wav");
        WriteLong(path, seconds);
        long bytes = PeakMemory.Measure(() =>
        {
            using Recording recording = Recording.Analyze(Input(path), 80, null, CancellationToken.None);
            Assert.Equal(seconds * 100, recording.Mel.ContentFrames);
            // a click every ten seconds: the last one is heard where it is
            float[] window = Window(recording, (seconds * 100) - 1500, 1500);
            Assert.True(window[1000] > recording.Mel.SilenceLevel + 1);
        });

        // the frames of an hour, 110 MiB, until it is known to be longer; those of all of it would be 275
        Assert.InRange(bytes, 0, 140L << 20);
    }

    private static void WriteLong(string path, int seconds)
    {
        byte[] tenSeconds = new byte[80000];
        Array.Fill(tenSeconds, (byte)128);
        tenSeconds.AsSpan(40000, 40).Fill(255);
        using FileStream file = File.Create(path);
        file.Write(WavFile.Build(WavFile.Pcm, 1, 8000, 8, [], (uint)(36 + (seconds * 8000)), (uint)(seconds * 8000)));
        for (int i = 0; i < seconds / 10; i++)
        {
            file.Write(tenSeconds);
        }
    }

    private static float[] Window(Recording recording, long seek, int contentFrames)
    {
        float[] window = new float[recording.Mel.MelCount * (contentFrames + 20)];
        recording.Mel.CopyWindow(seek, contentFrames, contentFrames + 20, MelPadding.Silence, window);
        return window;
    }

    private static AudioInput Jfk() => Input(SharedFolder.Require("corpus", "audio", "jfk-11s.flac"));

    private static AudioInput Input(string path) => new(path, new AudioFileOptions());
}
