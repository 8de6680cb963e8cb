using System.Text.Json.Nodes;

namespace Appliance.Service.Jobs;

/// <summary>A request can't be done, and why.</summary>
internal sealed class JobException(JobError error, Exception? inner = null) : Exception(error.Message, inner)
{
    /// <summary>As the other one.</summary>
    public JobException(ErrorCode code, string message, JsonObject? detail = null)
        : this(new JobError(code, message) { Detail = detail })
    {
    }

    /// <summary>For the caller.</summary>
    public JobError Error { get; } = error;
}
