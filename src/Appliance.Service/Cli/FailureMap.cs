using Appliance.Imaging;
using Appliance.Inference;
using Appliance.Inference.Models;
using Appliance.Native;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Cli;

/// <summary>From faults to exit statuses and the one line that is told.</summary>
internal static class FailureMap
{
    /// <summary>What the fault means to the caller.</summary>
    public static Failure Describe(Exception fault) => fault switch
    {
        CommandException known => new(known.Code, known.Message),
        ConfigurationException known => new(ExitCode.ConfigurationWrong, known.Message),
        StandardOutputException { IsClosed: true } => new(ExitCode.Done, ""),
        StandardOutputException known => new(ExitCode.OutputFailed, known.Message),
        CaptureException { InnerException: AudioInputException file } => new(CodeOf(file.Code), $"{file.Path}: {file.Message}"),
        CaptureException known => new(CodeOf(known.Error), known.Message),
        AudioInputException known => new(CodeOf(known.Code), known.Message),
        ModelException known => new(CodeOf(known.Code), known.Message),
        InferenceException known => new(CodeOf(known.Code), known.Message),
        ImagingException known => new(CodeOf(known.Code), known.Message),
        TranscriptionException known => new(ExitCode.WrongCall, known.Message),
        OperationCanceledException => new(ExitCode.Interrupted, "interrupted"),
        NativeException known => new(ExitCode.Failed, known.Message),
        OutOfMemoryException => new(ExitCode.Failed, "memory ran out: use a smaller model, a smaller --batch or --beam-size, or end other programs"),
        TypeInitializationException { InnerException: { } inner } => Describe(inner),
        _ => new(ExitCode.Failed, $"internal fault ({fault.GetType().Name}: {fault.Message}): run it again with --verbose and report what it says"),
    };

    /// <summary>Whether the next input may still succeed after this fault.</summary>
    public static bool ConcernsOneInput(Exception fault) => fault is not (
        OperationCanceledException or StandardOutputException or ModelException or InferenceException
        or TranscriptionException or ConfigurationException);

    private static ExitCode CodeOf(AudioInputError code) => code switch
    {
        AudioInputError.NotFound or AudioInputError.NotReadable or AudioInputError.IsDirectory => ExitCode.InputMissing,
        AudioInputError.NoSuchChannel => ExitCode.WrongCall,
        _ => ExitCode.InputUnusable,
    };

    private static ExitCode CodeOf(CaptureError error) => error switch
    {
        CaptureError.BadRequest => ExitCode.WrongCall,
        CaptureError.BadFile => ExitCode.InputUnusable,
        _ => ExitCode.Unavailable,
    };

    private static ExitCode CodeOf(ImagingError code) => code switch
    {
        ImagingError.BadRequest => ExitCode.WrongCall,
        ImagingError.UnsupportedMedia or ImagingError.TooLarge => ExitCode.InputUnusable,
        ImagingError.DeadlineExceeded => ExitCode.TryLater,
        _ => ExitCode.Failed,
    };

    private static ExitCode CodeOf(ModelError code) => code switch
    {
        ModelError.UnknownModel or ModelError.AlreadyThere => ExitCode.WrongCall,
        ModelError.NotWritable => ExitCode.OutputFailed,
        _ => ExitCode.Failed,
    };

    private static ExitCode CodeOf(InferenceError code) => code switch
    {
        InferenceError.UnknownProvider => ExitCode.WrongCall,
        InferenceError.NoProvider => ExitCode.Unavailable,
        _ => ExitCode.Failed,
    };
}
