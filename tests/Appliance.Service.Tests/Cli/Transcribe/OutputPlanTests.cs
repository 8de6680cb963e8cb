using Appliance.Service.Cli;
using Appliance.Service.Cli.Transcribe;

namespace Appliance.Service.Tests.Cli.Transcribe;

public sealed class OutputPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("txt")]
    [InlineData("json")]
    public void Of_SeveralInputsWithoutOutput_GoToStandardOutput(string format) =>
        Assert.Equal([null, null], Plan(["a", "b"], null, format).Destinations);

    [Theory]
    [InlineData("srt")]
    [InlineData("vtt")]
    [InlineData("tsv")]
    public void Of_SeveralInputsOfAFormatForOne_NeedAFolder(string format)
    {
        Assert.Equal([null], Plan(["a"], null, format).Destinations);
        Assert.Contains("--output FOLDER", Assert.Throws<CommandException>(() => Plan(["a", "b"], null, format)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.srt", null, "srt")]
    [InlineData("x.JSON", null, "json")]
    [InlineData("x.doc", null, "txt")]
    [InlineData("x.srt", "vtt", "vtt")]
    public void Of_OneFile_TakesTheFormatFromItsExtensionUnlessNamed(string file, string? format, string expected)
    {
        OutputPlan plan = Plan(["a.wav"], Path.Combine(_folder, file), format);

        Assert.Equal(expected, plan.Format);
        Assert.Equal([Path.Combine(_folder, file)], plan.Destinations);
        Assert.Null(plan.Folder);
    }

    [Fact]
    public void Of_Folder_GivesEachInputItsStem()
    {
        string folder = Path.Combine(_folder, "out");

        OutputPlan plan = Plan(["a/b.flac", "c.tar.gz", "-"], folder, "json");

        Assert.Equal([Path.Combine(folder, "b.json"), Path.Combine(folder, "c.tar.json"), Path.Combine(folder, "stdin.json")], plan.Destinations);
        Assert.Equal(folder, plan.Folder);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Of_OneInputAndFolder_TakesItForAFolderWhenItIsOneOrEndsInSlash()
    {
        Assert.Equal([Path.Combine(_folder, "a.txt")], Plan(["a.wav"], _folder, null).Destinations);
        Assert.Equal([Path.Combine(_folder, "new/", "a.txt")], Plan(["a.wav"], Path.Combine(_folder, "new/"), null).Destinations);
        Assert.Equal([Path.Combine(_folder, "new", "a.txt")], OutputPlan.Of(["a.wav"], new OutputWish(Path.Combine(_folder, "new"), IsFolder: true, null, new())).Destinations);
    }

    [Fact]
    public void Of_TwoInputsOfOneStem_IsAnErrorThatNamesBoth()
    {
        CommandException fault = Assert.Throws<CommandException>(() => Plan(["x/a.wav", "y/a.flac"], _folder, null));

        Assert.Equal(ExitCode.WrongCall, fault.Code);
        Assert.Contains("x/a.wav and y/a.flac", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OutputOverInput_IsAnError()
    {
        string input = Path.Combine(_folder, "speech.txt");

        Assert.Contains("overwrite", Assert.Throws<CommandException>(() => Plan([input], _folder, "txt")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralInputsAndAFile_IsAnError()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Equal(ExitCode.WrongCall, Assert.Throws<CommandException>(() => Plan(["a", "b"], file, null)).Code);
    }

    private static OutputPlan Plan(string[] inputs, string? path, string? format) =>
        OutputPlan.Of(inputs, new OutputWish(path, IsFolder: false, format, new()));
}
