using System.Text.Json.Nodes;

namespace Appliance.Service.Jobs;

/// <summary>Why a request failed, for its caller.</summary>
/// <param name="Code">What kind.</param>
/// <param name="Message">What is wrong: what to do. Holds no secret and no path that a caller has not named.</param>
internal sealed record JobError(ErrorCode Code, string Message)
{
    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>More for programs.</summary>
    public JsonObject? Detail { get; init; }

    /// <summary>The form in every reply.</summary>
    public JsonObject ToJson() => new()
    {
        ["code"] = ErrorCodes.NameOf(Code),
        ["message"] = Message,
        ["retryable"] = ErrorCodes.IsRetryable(Code),
        ["retry_after_ms"] = RetryAfter is { } wait ? (long)wait.TotalMilliseconds : null,
        ["detail"] = Detail?.DeepClone() ?? new JsonObject(),
    };
}
