using Appliance.Native;
using Appliance.Speech.Capture;

namespace Appliance.Speech.Tests.Capture;

public class AudioInputFaultsTests
{
    [Theory]
    [InlineData(NativeStatus.FileNotFound, AudioInputError.NotFound)]
    [InlineData(NativeStatus.FileNotReadable, AudioInputError.NotReadable)]
    [InlineData(NativeStatus.ReadFailed, AudioInputError.NotReadable)]
    [InlineData(NativeStatus.FileIsDirectory, AudioInputError.IsDirectory)]
    [InlineData(NativeStatus.FileEmpty, AudioInputError.Unsupported)]
    [InlineData(NativeStatus.FormatUnknown, AudioInputError.Unsupported)]
    [InlineData(NativeStatus.EncodingUnsupported, AudioInputError.Unsupported)]
    [InlineData(NativeStatus.FileDamaged, AudioInputError.Unsupported)]
    [InlineData(NativeStatus.ChannelCount, AudioInputError.Unsupported)]
    [InlineData(NativeStatus.SampleRate, AudioInputError.Unsupported)]
    public void From_FaultOfTheFile_HasACodeAndSaysWhatToDo(NativeStatus status, AudioInputError code)
    {
        AudioInputException? fault = AudioInputFaults.From(new NativeException(status, "native"), "a.wav");

        Assert.Equal((code, "a.wav"), (fault!.Code, fault.Path));
        Assert.Matches("^[^:]+: [^:]+$", fault.Message);
    }

    [Theory]
    [InlineData(NativeStatus.OutOfMemory)]
    [InlineData(NativeStatus.Internal)]
    [InlineData(NativeStatus.LibraryMissing)]
    public void From_FaultOfTheMachine_IsNotTheFiles(NativeStatus status) =>
        Assert.Null(AudioInputFaults.From(new NativeException(status, "native"), "a.wav"));
}
