using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Speech.Transcripts;
using Appliance.Testing;
using Appliance.Testing.Scripted;

namespace Appliance.Speech.Tests.Decoding;

/// <summary>The seek loop, the fallback ladder and the audio context, driven by scripted logits.</summary>
public sealed class SeekLoopTests
{
    private const int Hello = 2425;
    private const int World = 1002;
    private static readonly TranscriptionOptions English = new() { Language = "en" };
    private static readonly WhisperTokenizer Tokenizer =
        WhisperTokenizer.Load(Path.Combine(RepositoryFolder.Path, "rootfs/usr/share/appliance/models/whisper-base"), 51865);

    private static int EndOfText => Tokenizer.EndOfText;

    [Fact]
    public void Run_PairsOfTimestamps_NextWindowBeginsAtTheLastPair()
    {
        int[] first = [At(0), Hello, At(5), At(5), World, At(20), At(20), Hello, EndOfText];
        int[] second = [At(0), World, At(10), EndOfText];
        Transcript transcript = Run(4000, run => Follow(run, run.Encoding == 1 ? first : second));

        Assert.Equal([(0, 0.0, 5.0), (0, 5.0, 20.0), (2000, 20.0, 30.0)], transcript.Segments.Select(s => (s.Seek, Math.Round(s.Start, 2), Math.Round(s.End, 2))));
        Assert.Equal("helloworldworld", transcript.Text.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true);
    }

    [Fact]
    public void Run_SingleTimestampAtTheEnd_NextWindowBeginsAfterTheWindow()
    {
        Transcript transcript = Run(4000, run => Follow(run, [At(0), Hello, At(5), EndOfText]));

        Assert.Equal([0, 3000], transcript.Segments.Select(s => s.Seek));
        Assert.Equal([5.0, 35.0], transcript.Segments.Select(s => s.End));
    }

    [Fact]
    public void Run_WindowWithoutSpeech_IsLeftOut()
    {
        Transcript transcript = Run(2000, run => Follow(run, [At(0), Hello, EndOfText], logit: 5), graphs => graphs.SotRow = (Tokenizer.NoSpeech, 20));

        Assert.Empty(transcript.Segments);
    }

    [Fact]
    public void Run_NoSpeechButProbableText_IsKept()
    {
        Transcript transcript = Run(2000, run => Follow(run, [At(0), Hello, At(5), EndOfText]), graphs => graphs.SotRow = (Tokenizer.NoSpeech, 20));

        Assert.Single(transcript.Segments);
    }

    [Fact]
    public void Run_PreviousText_IsThePromptOfTheNextWindow()
    {
        List<int[]> prompts = [];
        Run(4000, run => Follow(run, [At(0), Hello, At(5), At(5), World, At(10), EndOfText]), graphs => { }, graphs =>
            prompts.AddRange(graphs.Runs.Select(run => run.Prompt)));

        Assert.Equal([Tokenizer.StartOfTranscript, Tokenizer.LanguageToken("en"), Tokenizer.Transcribe], prompts[0]);
        Assert.Equal([Tokenizer.StartOfPrevious, At(0), Hello, At(5), At(5), World, At(10), .. prompts[0]], prompts[1]);
    }

    [Fact]
    public void Run_WithoutConditioning_NoPrompt()
    {
        List<int[]> prompts = [];
        Run(4000, run => Follow(run, [At(0), Hello, At(5), EndOfText]), graphs => { }, graphs => prompts.AddRange(graphs.Runs.Select(run => run.Prompt)),
            English with { ConditionOnPreviousText = false });

        Assert.All(prompts, prompt => Assert.Equal(3, prompt.Length));
    }

    [Fact]
    public void Run_HotwordsAndCarriedPrompt_StandBeforeEveryWindow()
    {
        List<int[]> prompts = [];
        Run(4000, run => Follow(run, [At(0), Hello, At(5), EndOfText]), graphs => { }, graphs => prompts.AddRange(graphs.Runs.Select(run => run.Prompt)),
            English with { InitialPrompt = "one", CarryInitialPrompt = true, Hotwords = "two" });
        int[] expected = [Tokenizer.StartOfPrevious, .. Tokenizer.Encode(" two"), .. Tokenizer.Encode(" one")];

        Assert.Equal(expected, prompts[0][..^3]);
        Assert.Equal([.. expected, At(0), Hello, At(5)], prompts[1][..^3]);
    }

    [Fact]
    public void Run_ImprobableText_ClimbsTheLadderAndKeepsTheFirstThatPasses()
    {
        // short context, full context, temperature 0.2: all unsure; the fourth attempt, at 0.4, is sure of itself
        int attempt = 0;
        Transcript transcript = Run(2000, run =>
        {
            attempt += run.Sampled.Count == 0 ? 1 : 0;
            return Follow(run, [At(0), Hello, At(5), EndOfText], attempt < 4 ? 5 : 30);
        }, graphs => { }, graphs => Assert.Equal([2208, 3000], graphs.Encoded.Select(call => call[1])));

        Assert.Equal(0.4, Assert.Single(transcript.Segments).Temperature);
    }

    [Fact]
    public void Run_LoopingText_EndsEarlyAndIsNoPrompt()
    {
        int steps = 0;
        Transcript transcript = Run(4000, run =>
        {
            steps++;
            return run.Encoding == 1 || run.Frames == 3000
                ? Follow(run, [At(0), .. Enumerable.Repeat(Hello, 200)])
                : Follow(run, [At(0), World, At(5), EndOfText]);
        }, graphs => { }, graphs =>
        {
            Assert.True(steps < 6 * 40, $"{steps} steps");
            Assert.DoesNotContain(Tokenizer.StartOfPrevious, graphs.Runs[^1].Prompt);
        });

        Assert.True(transcript.Segments[0].Tokens.Count < 20);
    }

    [Fact]
    public void Run_ShortWindow_IsEncodedShort() =>
        Run(800, run => Follow(run, [At(0), Hello, At(7), EndOfText]), graphs => { }, graphs => Assert.Equal([1008], graphs.Encoded.Select(call => call[1])));

    [Fact]
    public void Run_DoubtfulShortWindow_IsDecodedAgainInFull()
    {
        Transcript transcript = Run(800, run => run.Frames == 1008 ? Follow(run, [At(0), World, At(7), EndOfText], 8.5f) : Follow(run, [At(0), Hello, At(7), EndOfText]),
            graphs => { }, graphs => Assert.Equal([1008, 3000], graphs.Encoded.Select(call => call[1])));

        Assert.Equal(Hello, Assert.Single(transcript.Segments).Tokens[1]);
        Assert.Equal(0, transcript.Segments[0].Temperature);
    }

    [Fact]
    public void Run_FullContext_IsEncodedInFull() =>
        Run(800, run => Follow(run, [At(0), Hello, At(7), EndOfText]), graphs => { }, graphs => Assert.Equal([3000], graphs.Encoded.Select(call => call[1])),
            English with { AudioContext = AudioContext.Full });

    [Fact]
    public void Run_UnsureOfTheLanguage_LooksAtTheFullWindow()
    {
        int german = Tokenizer.LanguageToken("de");
        List<string> languages = [];
        Transcript transcript = Run(800, run => run.Prompt.Length == 1 && run.Frames == 1008 ? new ScriptedToken(Tokenizer.LanguageToken("fr"), 1)
                : run.Prompt.Length == 1 ? new ScriptedToken(german)
                : Follow(run, [At(0), Hello, At(7), EndOfText]),
            graphs => { }, graphs => Assert.Equal([1008, 3000, 1008], graphs.Encoded.Select(call => call[1])), new TranscriptionOptions());

        Assert.Equal("de", transcript.Language);
    }

    [Fact]
    public void Run_AllowedLanguages_TheBestOfThemIsTaken()
    {
        Transcript transcript = Run(800, run => run.Prompt.Length == 1 ? new ScriptedToken(Tokenizer.LanguageToken("fr")) : Follow(run, [At(0), Hello, At(7), EndOfText]),
            options: new TranscriptionOptions { Languages = ["de"] });

        Assert.Equal("de", transcript.Language);
    }

    [Fact]
    public void Run_ClipTimestamps_BoundTheWindows()
    {
        Transcript transcript = Run(4000, run => Follow(run, [At(0), Hello, At(1), EndOfText]), options: English with { ClipTimestamps = [2, 4, 30, 31.5] });

        Assert.Equal([200, 3000], transcript.Segments.Select(s => s.Seek));
    }

    [Fact]
    public void Run_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => Run(800, run => Follow(run, [At(0), Hello, EndOfText]), isCancelled: true));

    private static int At(double seconds) => Tokenizer.TimestampBegin + (int)Math.Round(seconds * 50);

    private static ScriptedToken Follow(ScriptedRun run, int[] tokens, float logit = 30) =>
        new(run.Sampled.Count < tokens.Length ? tokens[run.Sampled.Count] : EndOfText, logit);

    private static Transcript Run(
        long frames,
        Func<ScriptedRun, ScriptedToken> script,
        Action<ScriptedGraphs>? prepare = null,
        Action<ScriptedGraphs>? check = null,
        TranscriptionOptions? options = null,
        bool isCancelled = false)
    {
        using ScriptedGraphs graphs = new(51865, script);
        prepare?.Invoke(graphs);
        options ??= English;
        using WhisperModel model = new("scripted", graphs, Tokenizer);
        FlatMel mel = new(frames);
        TranscriptBuilder builder = new(Tokenizer, frames / 100.0, null);
        string language = new Transcriber(model, null).Run(mel, null, null, options, new WindowEncoder(graphs, mel), builder, new CancellationToken(isCancelled));
        check?.Invoke(graphs);
        return builder.Build("scripted", language, [], new TranscriptTiming());
    }
}
