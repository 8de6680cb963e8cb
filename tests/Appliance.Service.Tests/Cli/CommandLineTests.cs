using Appliance.Service.Cli;

namespace Appliance.Service.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("transcribe --bem-size 3 a", "did you mean --beam-size?")]
    [InlineData("transcribe --beam-size x a", "--beam-size \"x\": must be a whole number from 1 to 32")]
    [InlineData("transcribe --beam-size 0 a", "must be a whole number from 1 to 32")]
    [InlineData("transcribe --language klingon a", "must be auto or one of en (english), zh (chinese)")]
    [InlineData("transcribe --languages en,klingon a", "must be names with commas")]
    [InlineData("transcribe --format doc a", "must be one of txt, srt, vtt, tsv, json")]
    [InlineData("transcribe --provider gpu a", "out of tensorrt, cuda, cpu")]
    [InlineData("transcribe --task sing a", "must be one of transcribe, translate")]
    [InlineData("transcribe --audio-context 31 a", "must be auto, full or seconds")]
    [InlineData("transcribe --channel left a", "must be mix or a channel")]
    [InlineData("transcribe --clip-timestamps 3,1 a", "must be seconds")]
    [InlineData("transcribe --temperature nan a", "must be a number from 0 to 1")]
    [InlineData("transcribe --loop-guard maybe a", "must be on or off")]
    [InlineData("transcribe", "FILE is missing")]
    [InlineData("transcrib a", "did you mean transcribe?")]
    [InlineData("zzzzzzzzzzzzz", "use one of run, setup, transcribe, listen, imagine, image, call, watch, fleet, models")]
    [InlineData("models", "a verb is missing: use one of list, show, verify, add, remove")]
    [InlineData("models show", "NAME is missing")]
    [InlineData("completion tcsh", "use one of bash, fish, zsh")]
    [InlineData("transcribe --verbose --quiet a", "exclude each other")]
    [InlineData("doctor now", "unknown argument now")]
    public void Run_WrongCall_IsOneLineAndStatusTwo(string call, string expected)
    {
        (ExitCode code, string output, string error) = CallReader.Run(call.Split(' '));

        Assert.Equal(ExitCode.WrongCall, code);
        Assert.Equal("", output);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("appliance", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SeveralWrongValues_AreAllTold()
    {
        (_, _, string error) = CallReader.Run("transcribe", "--beam-size", "x", "--task", "y", "a");

        Assert.Equal(2, error.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("transcribe --version")]
    public void Run_Version_PrintsIt(string call)
    {
        (ExitCode code, string output, string error) = CallReader.Run(call.Split(' '));

        Assert.Equal((ExitCode.Done, "appliance 0.1.0\n", ""), (code, output.ReplaceLineEndings("\n"), error));
    }

    [Fact]
    public void Run_ConfigurationWrong_ListsAllProblems()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "speech": { "modle": "x", "beamSize": "y" } }""");

        (ExitCode code, string output, string error) = CallReader.Run("models", "list", "--config", file);

        File.Delete(file);
        Assert.Equal(ExitCode.ConfigurationWrong, code);
        Assert.Equal("", output);
        Assert.Equal(2, error.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("did you mean model?", error, StringComparison.Ordinal);
    }
}
