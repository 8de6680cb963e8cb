namespace Appliance.Service.Jobs;

/// <summary>Why a request failed: the same codes on every surface (control-plane.md §2.2).</summary>
internal enum ErrorCode
{
    /// <summary>The request is not as it must be.</summary>
    BadRequest,

    /// <summary>Audio or picture of a kind that is not read.</summary>
    UnsupportedMedia,

    /// <summary>Larger than is taken.</summary>
    TooLarge,

    /// <summary>Nobody is logged in.</summary>
    Unauthorized,

    /// <summary>This caller, or nobody, may do that.</summary>
    Forbidden,

    /// <summary>No model of that name.</summary>
    UnknownModel,

    /// <summary>No job of that id that could still be cancelled.</summary>
    UnknownJob,

    /// <summary>Something else is being done.</summary>
    Busy,

    /// <summary>Too much waits already.</summary>
    QueueFull,

    /// <summary>It was not done within the caller's time.</summary>
    DeadlineExceeded,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>The service ended meanwhile.</summary>
    Interrupted,

    /// <summary>Memory ran out.</summary>
    OutOfMemory,

    /// <summary>The model or the engine failed.</summary>
    EngineFailed,

    /// <summary>There is no microphone, or not that one.</summary>
    NoDevice,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>The service is stopping.</summary>
    ShuttingDown,

    /// <summary>The command came from the broker's memory, not from somebody now.</summary>
    StaleRetained,

    /// <summary>A fault of the program.</summary>
    Internal,
}
