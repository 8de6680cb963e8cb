using System.Text;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Help;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Mqtt;
using Appliance.Service.Mqtt.Client;

namespace Appliance.Service.Cli.Call;

/// <summary><c>call status</c>.</summary>
internal sealed class CallStatus
{
    private static readonly TimeSpan Retained = TimeSpan.FromSeconds(3);

    private readonly ReportOptions _report = new();
    private readonly BrokerOptions _broker = new();

    /// <summary>Makes the verb.</summary>
    public static VerbCommand Create() => new CallStatus().Build();

    private VerbCommand Build() => new VerbCommand("status", "shows how a node is", Run)
    {
        Manual = new Manual
        {
            Description = ["Prints what the node says of itself: whether it is there, what it does, what is amiss, its models and settings."],
            Groups = [_report, _broker],
            Examples = [new("appliance call status --json | jq .state.reasons", "prints what is amiss")],
            ExitCodes = CallCommand.ExitCodes,
        },
    }.WithOptions();

    private ExitCode Run(CallContext context, CancellationToken cancellationToken) => NodeCall.With(context, _broker, async (client, topics) =>
    {
        JsonObject status = await ReadAsync(client, topics, cancellationToken);
        if (status.Count == 0)
        {
            throw new CommandException(ExitCode.Unavailable, $"the broker knows nothing of a node {topics.NodeName}: check the name and mqtt.base");
        }

        if (_report.WantsJson(context.Call))
        {
            JsonReport.Write(context.Terminal, status);
        }
        else
        {
            Print(context.Terminal, topics, status);
        }

        return status["availability"]?.GetValue<string>() == "online" ? ExitCode.Done : ExitCode.Unavailable;
    }, cancellationToken);

    private static async Task<JsonObject> ReadAsync(NodeClient client, Topics topics, CancellationToken cancellationToken)
    {
        Dictionary<string, string> wanted = new(StringComparer.Ordinal)
        {
            [topics.Availability] = "availability", [topics.State] = "state", [topics.Info] = "info", [topics.Config] = "config",
        };
        await client.SubscribeAsync(cancellationToken, [.. wanted.Keys]);
        JsonObject status = [];
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Retained);
        try
        {
            await foreach (ClientMessage message in client.Messages.ReadAllAsync(enough.Token))
            {
                if (wanted.TryGetValue(message.Topic, out string? name))
                {
                    status[name] = name == "availability" ? Encoding.UTF8.GetString(message.Payload) : JsonNode.Parse(message.Payload);
                }

                if (status.Count == wanted.Count)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // there is no more
        }

        return status;
    }

    private static void Print(Terminal terminal, Topics topics, JsonObject status)
    {
        ReportTable table = new("what", "value");
        table.Add("node", topics.Node);
        table.Add("availability", TextOf(status["availability"]));
        table.Add("version", TextOf(status["info"]?["version"]));
        table.Add("status", TextOf(status["state"]?["status"]));
        table.Add("microphone", TextOf(status["state"]?["mic"]));
        table.Add("jobs", string.Join(", ", (status["state"]?["jobs"] as JsonArray ?? []).Select(job => $"{job?["id"]} ({job?["kind"]}, {job?["state"]})")));
        table.Add("reasons", string.Join(", ", (status["state"]?["reasons"] as JsonArray ?? []).Select(TextOf)));
        table.Add("models", string.Join(", ", (status["info"]?["models"] as JsonArray ?? []).Select(model => TextOf(model?["name"]))));
        table.Write(terminal);
    }

    private static string TextOf(JsonNode? node) => node is JsonValue value ? value.ToString() : "";
}
