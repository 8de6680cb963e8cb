using System.Text.Json.Nodes;
using Appliance.Service.Jobs;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>Ends the program so that it is started again.</summary>
internal sealed class RestartVerb : ICommand
{
    /// <inheritdoc/>
    public string Name => "restart";

    /// <inheritdoc/>
    public Task<JsonObject> RunAsync(JsonObject parameters, NodeParts node, CancellationToken cancellationToken) => node.Restart()
        ? Task.FromResult(new JsonObject { ["restarting"] = true })
        : throw new JobException(new JobError(ErrorCode.Busy, "the service was started less than two minutes ago: wait") { RetryAfter = TimeSpan.FromMinutes(2) });
}
