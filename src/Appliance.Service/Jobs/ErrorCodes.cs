using System.Collections.Frozen;

namespace Appliance.Service.Jobs;

/// <summary>What each code is called, and what it means to a caller.</summary>
internal static class ErrorCodes
{
    private static readonly FrozenDictionary<ErrorCode, ErrorMeaning> Meanings = new Dictionary<ErrorCode, ErrorMeaning>
    {
        [ErrorCode.BadRequest] = new("bad_request", 400, false),
        [ErrorCode.UnsupportedMedia] = new("unsupported_media", 415, false),
        [ErrorCode.TooLarge] = new("too_large", 413, false),
        [ErrorCode.Unauthorized] = new("unauthorized", 401, false),
        [ErrorCode.Forbidden] = new("forbidden", 403, false),
        [ErrorCode.UnknownModel] = new("unknown_model", 404, false),
        [ErrorCode.UnknownJob] = new("unknown_job", 404, false),
        [ErrorCode.Busy] = new("busy", 429, true),
        [ErrorCode.QueueFull] = new("queue_full", 429, true),
        [ErrorCode.DeadlineExceeded] = new("deadline_exceeded", 504, true),
        [ErrorCode.Cancelled] = new("cancelled", 499, false),
        [ErrorCode.Interrupted] = new("interrupted", 503, true),
        [ErrorCode.OutOfMemory] = new("oom", 503, true),
        [ErrorCode.EngineFailed] = new("engine_failed", 500, false),
        [ErrorCode.NoDevice] = new("no_device", 503, true),
        [ErrorCode.DiskFull] = new("disk_full", 507, true),
        [ErrorCode.ShuttingDown] = new("shutting_down", 503, true),
        [ErrorCode.StaleRetained] = new("stale_retained", 409, false),
        [ErrorCode.Internal] = new("internal", 500, false),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, ErrorCode> ByName =
        Meanings.ToFrozenDictionary(pair => pair.Value.Name, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The name on every surface.</summary>
    public static string NameOf(ErrorCode code) => Meanings[code].Name;

    /// <summary>The status in HTTP.</summary>
    public static int HttpStatusOf(ErrorCode code) => Meanings[code].HttpStatus;

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool IsRetryable(ErrorCode code) => Meanings[code].IsRetryable;

    /// <summary>The code of a name; those of other versions are <see cref="ErrorCode.Internal"/>.</summary>
    public static ErrorCode Parse(string? name) => name is not null && ByName.TryGetValue(name, out ErrorCode code) ? code : ErrorCode.Internal;
}
