using System.CommandLine;
using Appliance.Service.Cli;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;

namespace Appliance.Service.Tests.Cli;

public sealed class ManualTests
{
    public static TheoryData<string> Calls => [.. CommandsBelow(Program.Create()).Select(ManualWriter.PathOf)];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Help_EachCommand_HasEverySection(string path)
    {
        string help = HelpOf(path);

        Assert.StartsWith($"NAME\n  {path} - ", help, StringComparison.Ordinal);
        Assert.Contains("\nSYNOPSIS\n", help, StringComparison.Ordinal);
        Assert.Contains("\nDESCRIPTION\n", help, StringComparison.Ordinal);
        Assert.Contains("\nGLOBAL OPTIONS\n", help, StringComparison.Ordinal);
        Assert.Contains("\nEXIT STATUS\n  0 ", help, StringComparison.Ordinal);
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 80 || !line.Trim().Contains(' ', StringComparison.Ordinal), line));
    }

    [Fact]
    public void Help_Transcribe_TellsEveryOptionWithItsDefault()
    {
        Command transcribe = Program.Create().Subcommands.First(command => command.Name == "transcribe");
        string help = string.Join(' ', HelpOf("appliance transcribe").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.All(transcribe.Options, option =>
        {
            Assert.Contains(option.Name, help, StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name);
            if (option is IOptionManual { Kind: not ValueKind.Flag } manual)
            {
                Assert.Contains(string.Join(' ', $"Default: {manual.Default}.".Split(' ')), help, StringComparison.Ordinal);
            }
        });
        Assert.Contains(" EXAMPLES ", help, StringComparison.Ordinal);
        Assert.Contains(" FILES ", help, StringComparison.Ordinal);
        Assert.Contains(" ENVIRONMENT ", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task language temperature best-of beam-size patience length-penalty suppress-tokens initial-prompt carry-initial-prompt")]
    [InlineData("condition-on-previous-text temperature-increment-on-fallback compression-ratio-threshold logprob-threshold no-speech-threshold")]
    [InlineData("word-timestamps prepend-punctuations append-punctuations highlight-words max-line-width max-line-count max-words-per-line")]
    [InlineData("hallucination-silence-threshold clip-timestamps threads model output output-dir format output-format languages hotwords channel")]
    [InlineData("vad batch audio-context loop-guard provider json config verbose quiet help version")]
    public void Transcribe_EveryPromisedOption_IsThere(string names)
    {
        ApplianceCommand root = Program.Create();
        Command transcribe = root.Subcommands.First(command => command.Name == "transcribe");
        string[] known = [.. transcribe.Options.Concat(root.Options).SelectMany(option => option.Aliases.Prepend(option.Name))];

        Assert.All(names.Split(' '), name => Assert.Contains("--" + name, known));
    }

    private static IEnumerable<Command> CommandsBelow(Command command) => [command, .. command.Subcommands.SelectMany(CommandsBelow)];

    private static string HelpOf(string path)
    {
        (ExitCode code, string output, string error) = CallReader.Run([.. path.Split(' ').Skip(1), "--help"]);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        return output.ReplaceLineEndings("\n");
    }
}
