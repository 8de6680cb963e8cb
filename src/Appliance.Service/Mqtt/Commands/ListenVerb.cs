using System.Text.Json.Nodes;
using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>Starts, stops, mutes the microphone, or presses its button.</summary>
internal sealed class ListenVerb : ICommand
{
    private static readonly string[] Actions = ["start", "stop", "mute", "unmute", "press", "release"];

    /// <inheritdoc/>
    public string Name => "listen";

    /// <inheritdoc/>
    public async Task<JsonObject> RunAsync(JsonObject parameters, NodeParts node, CancellationToken cancellationToken)
    {
        string action = new JobParameters(parameters).Choice("action", Actions)
            ?? throw new JobException(ErrorCode.BadRequest, $"params.action: must be one of {string.Join(", ", Actions)}");
        switch (action)
        {
            case "start":
                node.Microphone.IsWanted = true;
                break;
            case "stop":
                node.Microphone.IsWanted = false;
                break;
            case "mute":
                await node.Microphone.MuteAsync(true);
                break;
            case "unmute":
                await node.Microphone.MuteAsync(false);
                break;
            case "press":
                node.Microphone.Press(true);
                break;
            default:
                node.Microphone.Press(false);
                break;
        }

        return new JsonObject { ["action"] = action, ["listening"] = node.Microphone.IsWanted, ["muted"] = node.Microphone.IsMuted, ["mic"] = node.Microphone.State };
    }
}
