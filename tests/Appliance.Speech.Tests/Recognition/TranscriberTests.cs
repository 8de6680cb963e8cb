using System.Diagnostics;
using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Transcripts;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Recognition;

/// <summary>The embedded model on real speech.</summary>
public sealed class TranscriberTests(EmbeddedModel engine) : IClassFixture<EmbeddedModel>
{
    private const string Text = " And so my fellow Americans ask not what your country can do for you, ask what you can do for your country.";

    [Fact]
    public void Transcribe_Jfk_TextLanguageAndTimesAreRight()
    {
        Transcript transcript = Transcribe(new TranscriptionOptions());

        Assert.Equal(Text, transcript.Text);
        Assert.Equal(transcript.Text, string.Concat(transcript.Segments.Select(segment => segment.Text)));
        Assert.Equal("en", transcript.Language);
        Assert.Equal(11.0, transcript.Duration, 3);
        Assert.Equal(engine.Model.Tokenizer.TimestampBegin, transcript.Segments[0].Tokens[0]);
        Assert.All(transcript.Segments, segment => Assert.True(segment.End > segment.Start && segment.End <= 11.2));
        Assert.InRange(transcript.Segments[0].NoSpeechProbability, 0.0001, 0.2);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("auto")]
    [InlineData("15")]
    public void Transcribe_WordTimestamps_AmericansContainsTheInstant(string context)
    {
        Assert.True(AudioContext.TryParse(context, out AudioContext parsed));
        Transcript transcript = Transcribe(new TranscriptionOptions { WordTimestamps = true, AudioContext = parsed });
        TranscriptWord[] words = [.. transcript.Segments.SelectMany(segment => segment.Words!)];
        TranscriptWord americans = Assert.Single(words, word => word.Word == " Americans");

        Assert.InRange(1.8, americans.Start, americans.End);
        Assert.InRange(americans.Start, 1.4, 1.7);
        Assert.InRange(americans.End, 2.0, 2.3);
        Assert.All(words.Zip(words.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start + 0.001 && pair.First.Start <= pair.First.End));
        Assert.Equal(Text, string.Concat(words.Select(word => word.Word)));
    }

    [Fact]
    public void Transcribe_Beam5_TextIsRight() => Assert.Contains("ask not what your country can do for you", Transcribe(new TranscriptionOptions { BeamSize = 5 }).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Transcribe_WithVoiceActivity_TextIsRight(int batch)
    {
        Transcript transcript = Transcribe(new TranscriptionOptions { Vad = batch == 0, Batch = batch, WordTimestamps = true });

        Assert.Contains("fellow Americans", transcript.Text, StringComparison.Ordinal);
        Assert.Contains("ask what you can do for your country", transcript.Text, StringComparison.Ordinal);
        Assert.InRange(transcript.Segments[0].Start, 0, 1);
        Assert.InRange(transcript.Segments[^1].End, 10, 11.1);
        Assert.InRange(1.8, transcript.Segments.SelectMany(s => s.Words!).First(w => w.Word.StartsWith(" Americans", StringComparison.Ordinal)).Start, 2.2);
    }

    [Fact]
    public void Transcribe_ThreeTimes_IsTheSame()
    {
        TranscriptionOptions options = new() { Temperatures = [0.7], Seed = 3 };
        string[] texts = [.. Enumerable.Range(0, 3).Select(_ => Transcribe(options).Text)];

        Assert.Single(texts.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Transcribe_Progress_IsMonotonicAndComplete()
    {
        List<TranscriptionProgress> reports = [];
        Transcript transcript = engine.Transcriber.Transcribe(EmbeddedModel.Clip, new TranscriptionOptions(), new Recorder(reports), TestContext.Current.CancellationToken);

        Assert.Equal(reports.Select(r => r.Seconds).Order(), reports.Select(r => r.Seconds));
        Assert.Equal(11.0, reports[^1].Seconds, 2);
        Assert.Equal(transcript.Segments, reports.SelectMany(r => r.NewSegments));
    }

    [Fact]
    public void Transcribe_UnknownLanguage_ListsCodesAndNames()
    {
        TranscriptionException refusal = Assert.Throws<TranscriptionException>(() => Transcribe(new TranscriptionOptions { Language = "tlh" }));

        Assert.Equal(TranscriptionError.UnknownLanguage, refusal.Code);
        Assert.Contains("'tlh'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("de (german)", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Transcribe_Cancelled_EndsWithinTheDeadline()
    {
        using CancellationTokenSource source = new();
        Stopwatch watch = new();
        void Cancel(TranscriptionProgress progress)
        {
            watch.Start();
            source.Cancel();
        }

        // the clip twice over 30 s windows: cancelled when the first window is done, while the second one runs
        TranscriptionOptions options = new() { ClipTimestamps = [0, 5, 5, 11], AudioContext = AudioContext.Full };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            engine.Transcriber.Transcribe(EmbeddedModel.Clip, options, new Callback(Cancel), source.Token));

        // cancellation is to take effect within 200 ms; five times that on a shared machine
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
        Assert.Equal(Text, Transcribe(new TranscriptionOptions()).Text);
    }

    [Fact]
    public void Transcribe_TranslateSpanish_GivesEnglish()
    {
        AudioInput input = new(SharedFolder.Require("corpus", "audio", "command-light-es.flac"), new AudioFileOptions());
        Transcript spanish = engine.Transcriber.Transcribe(input, new TranscriptionOptions(), null, TestContext.Current.CancellationToken);
        Transcript english = engine.Transcriber.Transcribe(input, new TranscriptionOptions { Task = SpeechTask.Translate }, null, TestContext.Current.CancellationToken);

        Assert.Equal("es", spanish.Language);
        Assert.Contains("luz", spanish.Text, StringComparison.Ordinal);
        Assert.Contains("light", english.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Transcribe_WithoutTimestamps_IsOneSegmentOfText()
    {
        Transcript transcript = Transcribe(new TranscriptionOptions { WithoutTimestamps = true });

        Assert.DoesNotContain(transcript.Segments.SelectMany(s => s.Tokens), token => token >= engine.Model.Tokenizer.TimestampBegin);
        Assert.Contains("fellow Americans", transcript.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_SteadyState_AllocatesNothing()
    {
        using Graphs.TokenLoop loop = new(engine.Model);
        loop.Run(20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        loop.Run(20);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Transcript Transcribe(TranscriptionOptions options) =>
        engine.Transcriber.Transcribe(EmbeddedModel.Clip, options, null, TestContext.Current.CancellationToken);

    private sealed class Recorder(List<TranscriptionProgress> reports) : IProgress<TranscriptionProgress>
    {
        public void Report(TranscriptionProgress value) => reports.Add(value);
    }

    private sealed class Callback(Action<TranscriptionProgress> action) : IProgress<TranscriptionProgress>
    {
        public void Report(TranscriptionProgress value) => action(value);
    }
}
