using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Call;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Mqtt.Client;

namespace Appliance.Service.Cli.Watch;

/// <summary>The verb <c>watch</c>.</summary>
internal sealed class WatchCommand
{
    private readonly FlagOption _json = new("--json", false) { Description = "Prints each message as a JSON object on a line of its own: topic, retained, payload." };
    private readonly BrokerOptions _broker = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new WatchCommand().Build();

    private VerbCommand Build() => new VerbCommand("watch", "shows live what a node hears, does and says", Run)
    {
        Manual = new Manual
        {
            Description = ["Prints a line for each thing that the node tells: its state, what the microphone hears, how jobs go. On a terminal the words that may still change stand in the bottom line. Ctrl-C ends."],
            Groups = [new WatchOptions(_json), _broker],
            Examples =
            [
                new("appliance watch --node kitchen", "what the kitchen hears"),
                new("appliance watch --json | jq -r 'select(.topic | endswith(\"/transcript\")).payload.text'", "only final texts, for a program"),
            ],
            ExitCodes = CallCommand.ExitCodes,
        },
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken) => NodeCall.With<ExitCode>(context, _broker, async (client, topics) =>
    {
        await client.SubscribeAsync(cancellationToken, $"{topics.Node}/#");
        WatchPrinter printer = new(context.Terminal, topics);
        try
        {
            await foreach (ClientMessage message in client.Messages.ReadAllAsync(cancellationToken))
            {
                if (_json.Of(context.Call))
                {
                    context.Terminal.WriteResult(JsonOf(message).ToJsonString());
                }
                else
                {
                    printer.Show(message);
                }
            }
        }
        finally
        {
            context.Terminal.ShowStatus(null);
        }

        throw new CommandException(ExitCode.Unavailable, "the connection to the broker broke: start it again");
    }, cancellationToken);

    private static JsonObject JsonOf(ClientMessage message) => new()
    {
        ["topic"] = message.Topic,
        ["retained"] = message.IsRetained,
        ["payload"] = TryParse(message.Payload) ?? (message.Topic.Contains("/image/", StringComparison.Ordinal) || message.Topic.Contains("/part/", StringComparison.Ordinal)
            ? new JsonObject { ["bytes"] = message.Payload.Length } : JsonValue.Create(Encoding.UTF8.GetString(message.Payload))),
    };

    private static JsonNode? TryParse(byte[] payload)
    {
        try
        {
            return payload.Length > 0 && payload[0] is (byte)'{' or (byte)'[' ? JsonNode.Parse(payload) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
