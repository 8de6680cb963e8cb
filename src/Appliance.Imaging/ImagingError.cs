namespace Appliance.Imaging;

/// <summary>Why a picture can't be made (error codes of control-plane.md §2.2).</summary>
public enum ImagingError
{
    /// <summary>The request asks for something that is not possible; the message says what is.</summary>
    BadRequest,

    /// <summary>A file that was given is not a picture that can be read.</summary>
    UnsupportedMedia,

    /// <summary>A file that was given is larger than is read.</summary>
    TooLarge,

    /// <summary>The model's graphs gave values that are no picture, or failed to run.</summary>
    EngineFailed,

    /// <summary>The model gave values that are no numbers, or the same everywhere: half precision overflows on some.</summary>
    NotFinite,

    /// <summary>The time that was allowed is not enough.</summary>
    DeadlineExceeded,

    /// <summary>There is not enough memory for it.</summary>
    OutOfMemory,
}
