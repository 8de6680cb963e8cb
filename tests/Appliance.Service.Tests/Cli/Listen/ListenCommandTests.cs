using System.CommandLine;
using Appliance.Service.Cli;
using Appliance.Service.Cli.Listen;
using Appliance.Service.Configuration;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Tests.Cli.Listen;

public sealed class ListenCommandTests
{
    [Fact]
    public void RequestOf_NothingGiven_TakesTheConfiguration()
    {
        ListenRequest request = Read(new ApplianceSettings
        {
            Speech = new SpeechSettings { Model = "m", FallbackModel = "f", Streaming = "local-agreement", BeamSize = 3, Language = "de", Hotwords = "w" },
            Capture = new CaptureSettings
            {
                Source = "auto",
                Device = "hw:CARD=X",
                Channel = 1,
                Mode = "level",
                LevelThreshold = -30,
                Phrases = ["hello"],
                DeviceRoot = "/d",
            },
        });
        Assert.Equal(("auto", "m", "f", false), (request.Source, request.Model, request.FallbackModel, request.WantsJson));
        Assert.Equal(("hw:CARD=X", 1, "/d", 1.0, false), (request.Capture.Device, request.Capture.Channel, request.Capture.DeviceRoot, request.Capture.Pace, request.Capture.StartsMuted));
        Assert.Equal(("level", -30.0), (request.Options.Mode, request.Options.LevelThreshold));
        Assert.Equal(["hello"], request.Options.Phrases);
        Assert.Equal(("local-agreement", 3, "de", "w"), (request.Options.Recognition.Streaming, request.Options.Recognition.BeamSize, request.Options.Recognition.Language, request.Options.Recognition.Hotwords));
    }

    [Fact]
    public void RequestOf_Options_GoOverTheConfiguration()
    {
        ListenRequest request = Read(
            new ApplianceSettings { Capture = new CaptureSettings { Source = "auto", Phrases = ["hello"] } },
            "--input", "a.wav", "--input", "b.wav", "--pace", "0", "--channel", "mix", "--mode", "push-to-talk", "--phrase", "computer", "--phrase", "house", "--muted",
            "--streaming", "align-att", "--fallback-model", "tiny", "--language", "English", "--task", "translate", "--json", "--save", "out");
        Assert.Equal("file", request.Source);
        Assert.Equal(["a.wav", "b.wav"], request.Capture.Files);
        Assert.Equal((0.0, (int?)null, true), (request.Capture.Pace, request.Capture.Channel, request.Capture.StartsMuted));
        Assert.Equal("push-to-talk", request.Options.Mode);
        Assert.Equal(["computer", "house"], request.Options.Phrases);
        Assert.Equal(("align-att", "en", SpeechTask.Translate), (request.Options.Recognition.Streaming, request.Options.Recognition.Language, request.Options.Recognition.Task));
        Assert.Equal(("tiny", true, "out"), (request.FallbackModel, request.WantsJson, request.SaveFolder));
    }

    [Fact]
    public void RequestOf_FileOfTheConfiguration_IsPlayed() =>
        Assert.Equal(["x.wav"], Read(new ApplianceSettings { Capture = new CaptureSettings { Source = "file", File = "x.wav" } }).Capture.Files);

    [Fact]
    public void RequestOf_InputForAnotherSource_IsAWrongCall()
    {
        CommandException fault = Assert.Throws<CommandException>(() => Read(new ApplianceSettings(), "--source", "alsa", "--input", "a.wav"));
        Assert.Equal(ExitCode.WrongCall, fault.Code);
    }

    [Theory]
    [InlineData("--source", "radio", "one of alsa, auto, file, stdin")]
    [InlineData("--mode", "always", "one of continuous, level, push-to-talk")]
    [InlineData("--pace", "-1", "a number from 0")]
    [InlineData("--level-threshold", "5", "a number from -100 to 0")]
    [InlineData("--raw-rate", "10", "a whole number from 1000")]
    [InlineData("--streaming", "x", "one of auto, align-att, local-agreement")]
    public void Parse_WrongValue_SaysWhatItMustBe(string option, string value, string expected)
    {
        ApplianceCommand root = new() { ListenCommand.Create() };
        ParseResult call = root.Parse(["listen", option, value], CommandLine.Parsing);
        Assert.Contains(expected, Assert.Single(CallProblems.Of(call)), StringComparison.Ordinal);
    }

    private static ListenRequest Read(ApplianceSettings settings, params string[] arguments)
    {
        ListenCommand command = new();
        ApplianceCommand root = new() { command.Build() };
        ParseResult call = root.Parse(["listen", .. arguments], CommandLine.Parsing);
        Assert.Empty(CallProblems.Of(call));
        return command.RequestOf(call, settings);
    }
}
