using System.Text;
using System.Text.Json.Nodes;
using Appliance.Service.Cli.Output;
using Appliance.Service.Mqtt;
using Appliance.Service.Mqtt.Client;

namespace Appliance.Service.Cli.Watch;

/// <summary>Shows messages to people: one short line each.</summary>
internal sealed class WatchPrinter(Terminal terminal, Topics topics)
{
    /// <summary>Shows one message.</summary>
    public void Show(ClientMessage message)
    {
        string below = message.Topic[(topics.Node.Length + 1)..];
        switch (below)
        {
            case "availability":
                Line("node", Encoding.UTF8.GetString(message.Payload));
                break;
            case "state":
                State(Parse(message));
                break;
            case "transcript/partial":
                Partial(Parse(message));
                break;
            case "transcript" or "transcript/backlog":
                terminal.ShowStatus(null);
                Line(below == "transcript" ? "heard" : "heard earlier", Text(Parse(message), "text"));
                break;
            case "image/latest/meta":
                Line("picture", $"seed {Parse(message)?["seed"]}, {Parse(message)?["w"]}x{Parse(message)?["h"]}, {Text(Parse(message), "model")}");
                break;
            case "event/system":
                Line("event", $"{Text(Parse(message), "event_type")}: {Text(Parse(message), "message")}");
                break;
            default:
                Other(below, message);
                break;
        }
    }

    private void Other(string below, ClientMessage message)
    {
        string[] levels = below.Split('/');
        if (levels is ["job", var id, "event"] && Parse(message) is { } envelope)
        {
            string more = envelope["error"] is JsonObject error ? $"{Text(error, "code")}: {Text(error, "message")}"
                : envelope["data"]?["percent"] is { } percent ? $"{percent} %"
                : Text(envelope["data"] as JsonObject, "text");
            Line($"job {id}", $"{Text(envelope, "type")} {more}".TrimEnd());
        }
        else if (levels is ["cmd", var verb])
        {
            Line("command", verb);
        }
    }

    private void State(JsonObject? state)
    {
        string reasons = string.Join(", ", (state?["reasons"] as JsonArray ?? []).Select(reason => reason?.ToString()));
        Line("state", $"{Text(state, "status")}, microphone {Text(state, "mic")}, {state?["queue_depth"]} waiting{(reasons.Length > 0 ? $" ({reasons})" : "")}");
    }

    private void Partial(JsonObject? partial)
    {
        if (terminal.ShowsProgress)
        {
            terminal.ShowStatus(new PartialLine(Text(partial, "committed"), Text(partial, "tentative")));
        }
    }

    private void Line(string what, string text) => terminal.WriteResult($"{what}: {OneLine.Of(text)}");

    private static string Text(JsonObject? document, string name) => document?[name] is JsonValue value ? value.ToString() : "";

    private static JsonObject? Parse(ClientMessage message)
    {
        try
        {
            return message.Payload.Length > 0 ? JsonNode.Parse(message.Payload) as JsonObject : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>The words so far.</summary>
    private sealed class PartialLine(string committed, string tentative) : IStatusLine
    {
        public void Draw(Terminal terminal)
        {
            string text = OneLine.Of($"{committed} {tentative}".Trim());
            int width = Math.Max(20, terminal.ErrorConsole.Profile.Width - 1);
            terminal.Error.Write(text.Length > width ? "…" + text[^(width - 1)..] : text);
            terminal.Error.Flush();
        }
    }
}
