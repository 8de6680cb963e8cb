using Appliance.Inference;
using Appliance.Inference.Models;
using Appliance.Native;
using Appliance.Service.Cli;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Tests.Cli;

public sealed class FailureMapTests
{
    [Theory]
    [InlineData(AudioInputError.NotFound, 66)]
    [InlineData(AudioInputError.NotReadable, 66)]
    [InlineData(AudioInputError.IsDirectory, 66)]
    [InlineData(AudioInputError.Unsupported, 65)]
    [InlineData(AudioInputError.Changed, 65)]
    [InlineData(AudioInputError.NoSuchChannel, 2)]
    public void Describe_Audio_TellsMissingFromUnusable(AudioInputError code, int expected)
    {
        Failure failure = FailureMap.Describe(new AudioInputException(code, "f", "m: d"));

        Assert.Equal(expected, (int)failure.Code);
        Assert.Equal("m: d", failure.Message);
    }

    [Theory]
    [InlineData(ModelError.UnknownModel, 2)]
    [InlineData(ModelError.AlreadyThere, 2)]
    [InlineData(ModelError.NotWritable, 73)]
    [InlineData(ModelError.Damaged, 1)]
    [InlineData(ModelError.Incomplete, 1)]
    [InlineData(ModelError.Unsupported, 1)]
    [InlineData(ModelError.Unloadable, 1)]
    public void Describe_Model_HasItsCode(ModelError code, int expected) =>
        Assert.Equal(expected, (int)FailureMap.Describe(new ModelException(code, "p", "m")).Code);

    [Theory]
    [InlineData(InferenceError.UnknownProvider, 2)]
    [InlineData(InferenceError.NoProvider, 69)]
    [InlineData(InferenceError.RuntimeMissing, 1)]
    [InlineData(InferenceError.RuntimeTooOld, 1)]
    public void Describe_Inference_HasItsCode(InferenceError code, int expected) =>
        Assert.Equal(expected, (int)FailureMap.Describe(new InferenceException(code, "m")).Code);

    [Fact]
    public void Describe_TheRest_HasItsCode()
    {
        Assert.Equal(ExitCode.WrongCall, FailureMap.Describe(new TranscriptionException(TranscriptionError.UnknownLanguage, "m")).Code);
        Assert.Equal(ExitCode.ConfigurationWrong, FailureMap.Describe(new ConfigurationException(["a"])).Code);
        Assert.Equal(ExitCode.Interrupted, FailureMap.Describe(new OperationCanceledException()).Code);
        Assert.Equal(ExitCode.Failed, FailureMap.Describe(new NativeException(NativeStatus.LibraryMissing, "m")).Code);
        Assert.Equal(ExitCode.Failed, FailureMap.Describe(new InsufficientMemoryException()).Code);
        Assert.Equal(ExitCode.Unavailable, FailureMap.Describe(new CommandException(ExitCode.Unavailable, "m")).Code);
        Assert.Equal(ExitCode.OutputFailed, FailureMap.Describe(new StandardOutputException(isClosed: false, new IOException())).Code);
    }

    [Fact]
    public void Describe_ReaderGone_EndsQuietly() =>
        Assert.Equal(new Failure(ExitCode.Done, ""), FailureMap.Describe(new StandardOutputException(isClosed: true, new IOException())));

    [Fact]
    public void Describe_Unexpected_NamesItInOneLine()
    {
        Failure failure = FailureMap.Describe(new InvalidOperationException("broken"));

        Assert.Equal(ExitCode.Failed, failure.Code);
        Assert.Contains("broken", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--verbose", failure.Message, StringComparison.Ordinal);
    }
}
