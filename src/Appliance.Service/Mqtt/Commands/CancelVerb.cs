using System.Text.Json.Nodes;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>Cancels a job, or all that came by MQTT.</summary>
internal sealed class CancelVerb : ICommand
{
    /// <inheritdoc/>
    public string Name => "cancel";

    /// <inheritdoc/>
    public Task<JsonObject> RunAsync(JsonObject parameters, NodeParts node, CancellationToken cancellationToken)
    {
        string? id = new JobParameters(parameters).Text("job", 64);
        JobError reason = new(ErrorCode.Cancelled, "cancelled on request");
        IReadOnlyList<string> ids = node.Jobs.Cancel(job => id is null ? job.Ticket.Surface == JobSurface.Mqtt : job.Id == id, reason);
        if (id is not null && ids.Count == 0)
        {
            throw new JobException(ErrorCode.UnknownJob, $"there is no job {id} that could be cancelled: it has ended, or was never here");
        }

        return Task.FromResult(new JsonObject { ["cancelled"] = new JsonArray([.. ids.Select(one => (JsonNode)one)]) });
    }
}
