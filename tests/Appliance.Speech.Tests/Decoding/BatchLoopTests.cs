using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Segmentation;
using Appliance.Speech.Transcripts;
using Appliance.Testing;
using Appliance.Testing.Scripted;

namespace Appliance.Speech.Tests.Decoding;

/// <summary>Windows decoded several at once, driven by scripted logits.</summary>
public sealed class BatchLoopTests
{
    private const int Hello = 2425;
    private const int World = 1002;
    private static readonly WhisperTokenizer Tokenizer =
        WhisperTokenizer.Load(Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/models/whisper-base"), 51865);

    [Fact]
    public void Run_TwoWindows_AreEncodedTogetherAndPublishedInOrder()
    {
        Transcript transcript = Run(run => Follow(run, [At(0), run.Window == 0 ? Hello : World, At(8), Tokenizer.EndOfText]), probability: 0, out ScriptedGraphs graphs);

        Assert.Equal([2, 1200], Assert.Single(graphs.Encoded));
        Assert.Equal([(0.0, 8.0), (20.0, 28.0)], transcript.Segments.Select(s => (Math.Round(s.Start, 2), Math.Round(s.End, 2))));
        Assert.Equal([Hello, World], transcript.Segments.Select(s => s.Tokens[1]));
    }

    [Fact]
    public void Run_SpeechLeftOver_IsAWindowOfTheNextRound()
    {
        // the first round stops at 5 s of 10 in both windows; the second one takes up there
        Transcript transcript = Run(run => run.Encoding == 1
            ? Follow(run, [At(0), Hello, At(5), At(5), Tokenizer.EndOfText])
            : Follow(run, [At(0), World, At(4.9), Tokenizer.EndOfText]), probability: 0.9f, out ScriptedGraphs graphs);

        Assert.Equal(2, graphs.Encoded.Count);
        Assert.Equal([0.0, 5.0, 20.0, 25.0], transcript.Segments.Select(s => Math.Round(s.Start, 2)));
        Assert.Equal([Hello, World, Hello, World], transcript.Segments.Select(s => s.Tokens[1]));
    }

    [Fact]
    public void Run_SilenceLeftOver_IsNot()
    {
        Run(run => Follow(run, [At(0), Hello, At(5), At(5), Tokenizer.EndOfText]), probability: 0.01f, out ScriptedGraphs graphs);

        Assert.Single(graphs.Encoded);
    }

    [Fact]
    public void Run_OneWindowFails_ItAloneIsTakenAgainInFull()
    {
        Transcript transcript = Run(run => Follow(run, [At(0), run.Frames == 3000 ? World : Hello, At(8), Tokenizer.EndOfText], run is { Window: 1, Frames: < 3000 } ? 5 : 30),
            probability: 0, out ScriptedGraphs graphs);

        Assert.Equal([[2, 1200], [1, 3000]], graphs.Encoded);
        Assert.Equal([Hello, World], transcript.Segments.Select(s => s.Tokens[1]));
        Assert.Equal([0.0, 20.0], transcript.Segments.Select(s => s.Start));
    }

    [Fact]
    public void Run_OneWindowEndsEarly_TheOtherGoesOnAlone()
    {
        Transcript transcript = Run(run => Follow(run, run.Window == 0
            ? [At(0), Hello, At(8), Tokenizer.EndOfText]
            : [At(0), World, Hello, World, At(8), Tokenizer.EndOfText]), probability: 0, out ScriptedGraphs graphs);

        Assert.Equal([1], Assert.Single(graphs.Kept));
        Assert.Equal([[Hello], [World, Hello, World]], transcript.Segments.Select(s => s.Tokens.Where(token => token < Tokenizer.EndOfText)));
    }

    [Fact]
    public void Run_TextCutOffAtTheEnd_IsKept()
    {
        Transcript transcript = Run(run => Follow(run, [At(0), Hello, At(5), At(5), World, Tokenizer.EndOfText]), probability: 0.9f, out _);

        Assert.Equal([(0.0, 5.0), (5.0, 10.0), (20.0, 25.0), (25.0, 30.0)], transcript.Segments.Select(s => (Math.Round(s.Start, 2), Math.Round(s.End, 2))));
    }

    private static int At(double seconds) => Tokenizer.TimestampBegin + (int)Math.Round(seconds * 50);

    private static ScriptedToken Follow(ScriptedRun run, int[] tokens, float logit = 30) =>
        new(run.Sampled.Count < tokens.Length ? tokens[run.Sampled.Count] : Tokenizer.EndOfText, logit);

    /// <summary>A recording of 30 s with speech from 0 to 10 s and from 20 to 30 s.</summary>
    private static Transcript Run(Func<ScriptedRun, ScriptedToken> script, float probability, out ScriptedGraphs graphs)
    {
        graphs = new ScriptedGraphs(51865, script);
        using WhisperModel model = new("scripted", graphs, Tokenizer);
        FlatMel mel = new(3000);
        TranscriptBuilder builder = new(Tokenizer, 30, null);
        float[] probabilities = [.. Enumerable.Repeat(probability, 938)];
        TranscriptionOptions options = new() { Language = "en", Batch = 8 };
        new Transcriber(model, null).Run(mel, [new SpeechSpan(0, 10), new SpeechSpan(20, 30)], probabilities, options, new WindowEncoder(graphs, mel), builder, TestContext.Current.CancellationToken);
        return builder.Build("scripted", "en", [], new TranscriptTiming());
    }
}
