using Appliance.Service.Cli;
using Appliance.Service.Cli.Transcribe;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Tests.Cli.Transcribe;

public sealed class TranscribeCommandTests
{
    [Fact]
    public void RequestOf_NoOptions_GivesTheDefaultsOfTranscriptionOptions()
    {
        TranscribeRequest request = CallReader.Transcribe("a.wav");

        Assert.Equivalent(new TranscriptionOptions(), request.Options, strict: true);
        Assert.Equal(["a.wav"], request.Inputs);
        Assert.Equal("whisper-base", request.Model);
        Assert.Null(request.Channel);
        Assert.False(request.TellProviders);
        Assert.Equal("txt", request.Plan.Format);
    }

    [Fact]
    public void RequestOf_EveryDecodingOption_ArrivesInTheOptions()
    {
        TranscriptionOptions options = CallReader.Transcribe(
            "a.wav", "--language", "German", "--languages", "de,English", "--task", "translate", "--temperature", "0.4",
            "--best-of", "3", "--beam-size", "5", "--patience", "1.5", "--length-penalty", "0.5", "--suppress-tokens", "-1,50",
            "--initial-prompt", "Names:", "--carry-initial-prompt", "True", "--condition-on-previous-text", "False",
            "--temperature-increment-on-fallback", "0.3", "--compression-ratio-threshold", "2.2", "--logprob-threshold", "-0.8",
            "--no-speech-threshold", "0.5", "--word-timestamps", "--prepend-punctuations", "(", "--append-punctuations", ")",
            "--hallucination-silence-threshold", "2", "--hotwords", "Appliance", "--vad",
            "--batch", "8", "--audio-context", "12", "--loop-guard", "off").Options;

        Assert.Equal("de", options.Language);
        Assert.Equal(["de", "en"], options.Languages);
        Assert.Equal(SpeechTask.Translate, options.Task);
        Assert.Equal([0.4, 0.7, 1.0], options.Temperatures);
        Assert.Equal(3, options.BestOf);
        Assert.Equal(5, options.BeamSize);
        Assert.Equal(1.5, options.Patience);
        Assert.Equal(0.5, options.LengthPenalty);
        Assert.Equal([-1, 50], options.SuppressTokens);
        Assert.Equal("Names:", options.InitialPrompt);
        Assert.True(options.CarryInitialPrompt);
        Assert.False(options.ConditionOnPreviousText);
        Assert.Equal(2.2, options.CompressionRatioThreshold);
        Assert.Equal(-0.8, options.LogProbabilityThreshold);
        Assert.Equal(0.5, options.NoSpeechThreshold);
        Assert.True(options.WordTimestamps);
        Assert.Equal("(", options.PrependPunctuations);
        Assert.Equal(")", options.AppendPunctuations);
        Assert.Equal(2, options.HallucinationSilenceThreshold);
        Assert.Equal("Appliance", options.Hotwords);
        Assert.True(options.Vad);
        Assert.Equal(8, options.Batch);
        Assert.Equal(12, options.AudioContext.Seconds);
        Assert.False(options.LoopGuard);
    }

    [Fact]
    public void RequestOf_Clips_ArriveUnlessSilenceIsSkippedAsWell()
    {
        Assert.Equal([1, 2.5, 3], CallReader.Transcribe("a", "--clip-timestamps", "1,2.5,3").Options.ClipTimestamps);
        Assert.Throws<CommandException>(() => CallReader.Transcribe("a", "--clip-timestamps", "1", "--vad"));
        Assert.Throws<CommandException>(() => CallReader.Transcribe("a", "--clip-timestamps", "1", "--batch", "4"));
    }

    [Fact]
    public void RequestOf_NoneAsThreshold_TurnsTheCheckOff()
    {
        TranscriptionOptions options = CallReader.Transcribe(
            "a.wav", "--compression-ratio-threshold", "None", "--logprob-threshold", "none", "--no-speech-threshold", "off",
            "--temperature-increment-on-fallback", "None").Options;

        Assert.Null(options.CompressionRatioThreshold);
        Assert.Null(options.LogProbabilityThreshold);
        Assert.Null(options.NoSpeechThreshold);
        Assert.Equal([0.0], options.Temperatures);
    }

    [Fact]
    public void RequestOf_SettingsGiven_HoldUntilTheCallSaysOtherwise()
    {
        ApplianceSettings settings = new()
        {
            Speech = new SpeechSettings { Model = "m", Language = "fr", BeamSize = 4, AudioContext = AudioContext.Full, InitialPrompt = "p", Hotwords = "h" },
            Inference = new InferenceSettings { Providers = ["cpu"], Threads = 7 },
        };

        TranscribeRequest configured = CallReader.Transcribe(settings, "a");
        TranscribeRequest asked = CallReader.Transcribe(
            settings, "a", "--model", "n", "--language", "auto", "--beam-size", "1", "--audio-context", "auto", "--provider", "cuda,cpu", "--threads", "0");

        Assert.Equal(("m", "fr", 4), (configured.Model, configured.Options.Language, configured.Options.BeamSize));
        Assert.Equal(AudioContext.Full, configured.Options.AudioContext);
        Assert.Equal(("p", "h"), (configured.Options.InitialPrompt, configured.Options.Hotwords));
        Assert.Equal(7, configured.Inference.Threads);
        Assert.Equal(("n", null, 1), (asked.Model, asked.Options.Language, asked.Options.BeamSize));
        Assert.Equal(AudioContext.Auto, asked.Options.AudioContext);
        Assert.Equal(["cuda", "cpu"], asked.Inference.Providers);
        Assert.Equal(0, asked.Inference.Threads);
        Assert.True(asked.TellProviders);
    }

    [Theory]
    [InlineData("mix", null)]
    [InlineData("0", 0)]
    [InlineData("5", 5)]
    public void RequestOf_Channel_CountsFromZero(string text, int? expected) =>
        Assert.Equal(expected, CallReader.Transcribe("a", "--channel", text).Channel);

    [Fact]
    public void RequestOf_Subtitles_WantWordsWhereTheModelHasThem()
    {
        Assert.True(CallReader.Transcribe("a", "--format", "srt").WordsIfPossible);
        Assert.True(CallReader.Transcribe("a", "--format", "vtt").WordsIfPossible);
        Assert.False(CallReader.Transcribe("a", "--format", "srt", "--word-timestamps", "False").WordsIfPossible);
        Assert.False(CallReader.Transcribe("a", "--format", "json").WordsIfPossible);
    }

    [Fact]
    public void RequestOf_FlagBeforeFile_DoesNotTakeTheFileAsItsValue()
    {
        TranscribeRequest request = CallReader.Transcribe("--word-timestamps", "a.wav", "--vad", "b.wav");

        Assert.Equal(["a.wav", "b.wav"], request.Inputs);
        Assert.True(request.Options.WordTimestamps);
    }

    [Fact]
    public void RequestOf_OddFileNames_AreFiles() =>
        Assert.Equal(["@list", "[suggest]", "-", "/h", "--json"], CallReader.Transcribe("@list", "[suggest]", "-", "/h", "--", "--json").Inputs);

    [Theory]
    [InlineData("--patience", "2")]
    [InlineData("--hallucination-silence-threshold", "2")]
    public void RequestOf_OptionThatNeedsAnother_IsAWrongCall(params string[] options)
    {
        CommandException fault = Assert.Throws<CommandException>(() => CallReader.Transcribe(["a", .. options]));

        Assert.Equal(ExitCode.WrongCall, fault.Code);
        Assert.Contains(options[0], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequestOf_OptionsThatExcludeEachOther_AreAWrongCall()
    {
        Assert.Throws<CommandException>(() => CallReader.Transcribe("a", "--output", "x", "--output-dir", "y"));
        Assert.Throws<CommandException>(() => CallReader.Transcribe("a", "--json", "--format", "srt"));
        Assert.Throws<CommandException>(() => CallReader.Transcribe("-", "-"));
        Assert.Throws<CommandException>(() => CallReader.Transcribe("a", "--format", "srt", "--highlight-words", "--word-timestamps", "False"));
    }

    [Theory]
    [InlineData(0, 0.2, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1.0 })]
    [InlineData(0.2, 0.2, new[] { 0.2, 0.4, 0.6, 0.8, 1.0 })]
    [InlineData(1, 0.2, new[] { 1.0 })]
    [InlineData(0, 0.3, new[] { 0, 0.3, 0.6, 0.9 })]
    [InlineData(0.5, null, new[] { 0.5 })]
    public void Ladder_FirstAndStep_GoesUpToOne(double first, double? step, double[] expected) =>
        Assert.Equal(expected, FallbackOptions.Ladder(first, step));
}
