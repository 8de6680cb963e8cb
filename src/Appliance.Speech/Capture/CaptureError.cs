namespace Appliance.Speech.Capture;

/// <summary>Why a source can't be used.</summary>
public enum CaptureError
{
    /// <summary>There is no such device, or none at all, or another program has it.</summary>
    NoDevice,

    /// <summary>An option is wrong.</summary>
    BadRequest,

    /// <summary>A file can't be played; the inner exception is an <see cref="AudioInputException"/>.</summary>
    BadFile,

    /// <summary>The device answers with a fault that can't be recovered from.</summary>
    DeviceFailed,
}
