using System.Text.Json.Nodes;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>A verb that is not a job: done at once, with one answer.</summary>
internal interface ICommand
{
    /// <summary>The verb.</summary>
    string Name { get; }

    /// <summary>Does it. What must happen in the order of the commands happens before the first wait.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="node">What it acts upon.</param>
    /// <param name="cancellationToken">The service stops.</param>
    /// <returns>The data of the answer.</returns>
    /// <exception cref="Jobs.JobException">It can't be done; domain faults come as they are.</exception>
    Task<JsonObject> RunAsync(JsonObject parameters, NodeParts node, CancellationToken cancellationToken);
}
