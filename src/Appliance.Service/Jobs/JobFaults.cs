using Appliance.Imaging;
using Appliance.Inference;
using Appliance.Inference.Models;
using Appliance.Native;
using Appliance.Service.Configuration;
using Appliance.Service.Storage;
using Appliance.Speech.Capture;
using Appliance.Speech.Recognition;

namespace Appliance.Service.Jobs;

/// <summary>From faults to what a caller is told.</summary>
internal static class JobFaults
{
    /// <summary>What the fault means.</summary>
    public static JobError Describe(Exception fault) => fault switch
    {
        JobException known => known.Error,
        AudioInputException known => new(CodeOf(known.Code), Without(known.Message, known.Path)),
        ModelException { Code: ModelError.UnknownModel } known => new(ErrorCode.UnknownModel, known.Message),
        ModelException known => new(ErrorCode.EngineFailed, known.Message),
        InferenceException known => new(ErrorCode.EngineFailed, known.Message),
        ImagingException known => new(CodeOf(known.Code), known.Message),
        TranscriptionException known => new(ErrorCode.BadRequest, known.Message),
        CaptureException known => new(ErrorCode.NoDevice, known.Message),
        StorageException known => new(CodeOf(known.Code), known.Message),
        SettingException known => new(known.IsForbidden ? ErrorCode.Forbidden : ErrorCode.BadRequest, known.Message),
        ArgumentException known => new(ErrorCode.BadRequest, known.Message.Split(" (Parameter", 2)[0]),
        OutOfMemoryException => new(ErrorCode.OutOfMemory, "memory ran out: use a smaller model or a smaller picture"),
        NativeException known => new(ErrorCode.EngineFailed, known.Message),
        OperationCanceledException => new(ErrorCode.Cancelled, "cancelled"),
        _ => new(ErrorCode.Internal, $"internal fault ({fault.GetType().Name}): look into the log of the service"),
    };

    // the audio of a request has no name that would say anything to its caller
    private static string Without(string message, string path) => message.Replace(path, "the audio", StringComparison.Ordinal);

    private static ErrorCode CodeOf(AudioInputError code) => code switch
    {
        AudioInputError.NoSuchChannel => ErrorCode.BadRequest,
        _ => ErrorCode.UnsupportedMedia,
    };

    private static ErrorCode CodeOf(ImagingError code) => code switch
    {
        ImagingError.BadRequest => ErrorCode.BadRequest,
        ImagingError.UnsupportedMedia => ErrorCode.UnsupportedMedia,
        ImagingError.TooLarge => ErrorCode.TooLarge,
        ImagingError.DeadlineExceeded => ErrorCode.DeadlineExceeded,
        ImagingError.OutOfMemory => ErrorCode.OutOfMemory,
        _ => ErrorCode.EngineFailed,
    };

    private static ErrorCode CodeOf(StorageError code) => code switch
    {
        StorageError.DiskFull => ErrorCode.DiskFull,
        StorageError.OutboxFull => ErrorCode.QueueFull,
        _ => ErrorCode.Internal,
    };
}
