using System.Text.Json.Nodes;
using Appliance.Service.Devices;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>Says how the node is, or tests its microphone for two seconds.</summary>
internal sealed class DiagVerb : ICommand
{
    private static readonly TimeSpan TestTime = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "diag";

    /// <inheritdoc/>
    public async Task<JsonObject> RunAsync(JsonObject parameters, NodeParts node, CancellationToken cancellationToken)
    {
        if (new JobParameters(parameters).Choice("test", ["microphone"]) is null)
        {
            return new JsonObject
            {
                ["mic"] = node.Microphone.State,
                ["jobs"] = node.Jobs.Snapshot.Count,
                ["models"] = new JsonArray([.. node.Models.Loaded.Select(model => (JsonNode)new JsonObject { ["name"] = model.Name, ["bytes"] = model.Bytes })]),
                ["model_budget_bytes"] = node.Models.Budget,
                ["memory_bytes"] = Environment.WorkingSet,
            };
        }

        MicrophoneTest test = await node.Microphone.TestAsync(TestTime, cancellationToken);
        return new JsonObject { ["device"] = test.Device, ["level_db"] = Math.Round(test.PeakDecibels, 1), ["seconds"] = TestTime.TotalSeconds };
    }
}
