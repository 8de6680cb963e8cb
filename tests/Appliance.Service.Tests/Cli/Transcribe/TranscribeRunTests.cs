using Appliance.Inference.Models;
using Appliance.Service.Cli;
using Appliance.Service.Cli.Output;
using Appliance.Service.Cli.Transcribe;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;
using Appliance.Speech.Transcripts;

namespace Appliance.Service.Tests.Cli.Transcribe;

public sealed class TranscribeRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appliance-test-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Run_Text_PrintsEachSegmentWhenItIsFinal()
    {
        string afterFirst = "";
        FakeEngine engine = new((_, progress) =>
        {
            progress.Report(new TranscriptionProgress(1, 2, [FakeEngine.Segment(0, " One.")]));
            afterFirst = _out.ToString();
            return FakeEngine.Saying(" One.", " Two.", " ");
        });

        Assert.Equal(ExitCode.Done, Run(engine, "a"));

        Assert.Equal("One.\n", afterFirst);
        Assert.Equal("One.\nTwo.\n", _out.ToString());
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public void Run_SeveralInputsSomeBad_TriesEachAndKeepsTheFirstStatus()
    {
        FakeEngine engine = new((name, _) => name switch
        {
            "gone" => throw new AudioInputException(AudioInputError.NotFound, name, "no such file: check the path"),
            "odd" => throw new AudioInputException(AudioInputError.Unsupported, name, "no audio: convert it"),
            _ => FakeEngine.Saying(" " + name),
        });

        Assert.Equal(ExitCode.InputMissing, Run(engine, "a", "gone", "odd", "b"));

        Assert.Equal("a\nb\n", _out.ToString());
        Assert.Equal("gone: no such file: check the path\nodd: no audio: convert it\n", _error.ToString());
    }

    [Fact]
    public void Run_FaultOfTheModel_EndsTheRun()
    {
        FakeEngine engine = new((name, _) => throw new ModelException(ModelError.Damaged, name, "damaged: get it again"));

        Assert.Throws<ModelException>(() => Run(engine, "a", "b"));

        Assert.Equal(["a"], engine.Inputs);
    }

    [Fact]
    public void Run_Cancelled_EndsTheRun()
    {
        FakeEngine engine = new((_, _) => throw new OperationCanceledException());

        Assert.Throws<OperationCanceledException>(() => Run(engine, "a", "b"));

        Assert.Equal(["a"], engine.Inputs);
    }

    [Fact]
    public void Run_JsonOfSeveral_WritesOneDocumentALineWithFile()
    {
        Assert.Equal(ExitCode.Done, Run(new FakeEngine((name, _) => FakeEngine.Saying(name)), "a", "b", "--format", "json"));

        string[] lines = _out.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"file\":\"a\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"file\":\"b\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutputFolder_IsMadeAndHoldsOneFileForEachInput()
    {
        string folder = Path.Combine(_folder, "deep", "out");

        Assert.Equal(ExitCode.Done, Run(new FakeEngine((name, _) => FakeEngine.Saying(" " + name)), "x/a.wav", "b.flac", "--output", folder));

        Assert.Equal("x/a.wav\n", File.ReadAllText(Path.Combine(folder, "a.txt")));
        Assert.Equal("b.flac\n", File.ReadAllText(Path.Combine(folder, "b.txt")));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder).Length);
        Assert.Equal("", _out.ToString());
    }

    [Fact]
    public void Run_OutputNotWritable_FailsBeforeTheWork()
    {
        FakeEngine engine = new((name, _) => FakeEngine.Saying(name));

        Assert.Equal(ExitCode.OutputFailed, Run(engine, "a", "--output", Path.Combine(_folder, "none", "a.txt")));

        Assert.Empty(engine.Inputs);
        Assert.StartsWith("a: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Warnings_GoToStandardErrorUnlessQuiet()
    {
        FakeEngine engine = new((_, _) => FakeEngine.Saying(" x") with { Warnings = ["the header promised more"] });

        Run(engine, "a");
        Assert.Equal("a: the header promised more\n", _error.ToString());

        _error.GetStringBuilder().Clear();
        Run(engine, Verbosity.Quiet, "a");
        Assert.Equal("", _error.ToString());
    }

    private ExitCode Run(FakeEngine engine, params string[] arguments) => Run(engine, Verbosity.Normal, arguments);

    private ExitCode Run(FakeEngine engine, Verbosity verbosity, params string[] arguments)
    {
        Terminal terminal = new(_out, _error, outputIsTerminal: false, errorIsTerminal: false, colour: false) { Verbosity = verbosity };
        return new TranscribeRun(CallReader.Transcribe(arguments), engine, terminal, TimeProvider.System).Run(CancellationToken.None);
    }
}
