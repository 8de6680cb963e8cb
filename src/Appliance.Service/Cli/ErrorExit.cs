using Appliance.Service.Jobs;

namespace Appliance.Service.Cli;

/// <summary>From the error codes of every surface to exit statuses (interfaces.md §2).</summary>
internal static class ErrorExit
{
    /// <summary>The status of a code.</summary>
    public static ExitCode Of(ErrorCode code) => code switch
    {
        ErrorCode.BadRequest or ErrorCode.UnknownModel or ErrorCode.UnknownJob or ErrorCode.StaleRetained => ExitCode.WrongCall,
        ErrorCode.UnsupportedMedia or ErrorCode.TooLarge => ExitCode.InputUnusable,
        ErrorCode.NoDevice or ErrorCode.ShuttingDown => ExitCode.Unavailable,
        ErrorCode.DiskFull => ExitCode.OutputFailed,
        ErrorCode.Busy or ErrorCode.QueueFull or ErrorCode.DeadlineExceeded or ErrorCode.Interrupted => ExitCode.TryLater,
        ErrorCode.Unauthorized or ErrorCode.Forbidden => ExitCode.Forbidden,
        ErrorCode.Cancelled => ExitCode.Interrupted,
        _ => ExitCode.Failed,
    };
}
