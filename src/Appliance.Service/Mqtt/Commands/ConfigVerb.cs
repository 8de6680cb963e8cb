using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Service.Configuration;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>Changes settings that may be changed while the service runs.</summary>
internal sealed class ConfigVerb : ICommand
{
    /// <inheritdoc/>
    public string Name => "config";

    /// <inheritdoc/>
    public Task<JsonObject> RunAsync(JsonObject parameters, NodeParts node, CancellationToken cancellationToken)
    {
        if (parameters["set"] is not JsonObject { Count: > 0 } values)
        {
            throw new JobException(ErrorCode.BadRequest, $"params.set: must be an object of settings and values; what can be set is {string.Join(", ", SettingKeys.Settable)}");
        }

        CheckModel(values, "speech.model", ModelKinds.Whisper, node);
        CheckModel(values, "speech.fallbackModel", ModelKinds.Whisper, node);
        CheckModel(values, "imaging.model", ModelKinds.Diffusion, node);
        SettingChange change = node.Settings.Set(values);
        return Task.FromResult(new JsonObject
        {
            ["set"] = Texts(change.Set),
            ["overridden"] = Texts(change.Overridden),
            ["restart_required"] = false,
        });
    }

    /// <summary>A model that is not there would leave the node deaf.</summary>
    private static void CheckModel(JsonObject values, string key, string kind, NodeParts node)
    {
        string? written = values.Select(value => value.Key).FirstOrDefault(name => name.Equals(key, StringComparison.OrdinalIgnoreCase));
        if (written is not null && values[written]?.ToString() is { Length: > 0 } && new JobParameters(values).Model(written) is { } model)
        {
            node.Models.Find(model, kind);
        }
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
