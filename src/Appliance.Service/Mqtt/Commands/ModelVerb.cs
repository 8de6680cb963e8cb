using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>Loads a model before it is needed, or unloads one.</summary>
internal sealed class ModelVerb : ICommand
{
    private static readonly string[] Kinds = [ModelKinds.Whisper, ModelKinds.Diffusion];

    /// <inheritdoc/>
    public string Name => "model";

    /// <inheritdoc/>
    public async Task<JsonObject> RunAsync(JsonObject parameters, NodeParts node, CancellationToken cancellationToken)
    {
        JobParameters given = new(parameters);
        string action = given.Choice("action", ["load", "unload"]) ?? throw new JobException(ErrorCode.BadRequest, "params.action: must be load or unload");
        string name = given.Model("model") ?? throw new JobException(ErrorCode.BadRequest, "params.model: must name a model");
        string kind = given.Choice("kind", Kinds) ?? throw new JobException(ErrorCode.BadRequest, $"params.kind: must be one of {string.Join(", ", Kinds)}");

        // loading takes seconds, and must not hold other commands up
        await Task.Run(() => Do(action, name, kind, node), cancellationToken);
        return new JsonObject { ["action"] = action, ["model"] = name, ["loaded"] = new JsonArray([.. node.Models.Loaded.Select(model => (JsonNode)model.Name)]) };
    }

    private static void Do(string action, string name, string kind, NodeParts node)
    {
        if (action == "unload")
        {
            node.Models.Unload(name, kind);
        }
        else if (kind == ModelKinds.Whisper)
        {
            node.Models.RentSpeech(name).Dispose();
        }
        else
        {
            using Jobs.Engines.ImageLease lease = node.Models.RentImage(name);
            lease.Model.LoadAll();
        }
    }
}
