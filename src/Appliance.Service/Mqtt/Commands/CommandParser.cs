using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Appliance.Service.Jobs;

namespace Appliance.Service.Mqtt.Commands;

/// <summary>Reads commands (control-plane.md §2.2): JSON that any client can send, with the properties of MQTT 5 beside it.</summary>
internal sealed partial class CommandParser(ReplyGuard guard)
{
    /// <summary>Bytes of a request.</summary>
    public const int LargestRequest = 1_900_000;

    private const int DeepestJson = 32;
    private const int LongestCorrelation = 64;
    private const long LongestDeadlineMs = 24 * 3600 * 1000;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = DeepestJson, AllowDuplicateProperties = false };

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="call">The command, when it could be read.</param>
    /// <param name="fault">What is wrong with it, when not.</param>
    public bool TryParse(CommandMessage message, out CommandCall? call, out CommandFault? fault)
    {
        Reading reading = new(message);
        (call, fault) = (null, null);
        try
        {
            call = Parse(message, reading);
            return true;
        }
        catch (JobException failure)
        {
            fault = new CommandFault(reading.Known(), reading.HasId, failure.Error);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            fault = new CommandFault(reading.Known(), reading.HasId, new JobError(ErrorCode.BadRequest, "the payload is not a JSON object as it must be: see the README for the form of requests"));
        }

        return false;
    }

    private CommandCall Parse(CommandMessage message, Reading reading)
    {
        // 1. where to answer, as far as that is known without the payload
        if (message.ResponseTopic is { Length: > 0 } topic)
        {
            guard.Check(topic, message.IsFleet);
            reading.ReplyTo = topic;
        }

        if (message.Correlation is { Length: > LongestCorrelation })
        {
            throw Bad($"the correlation data has {message.Correlation.Length} bytes: {LongestCorrelation} are allowed");
        }

        reading.Correlation = message.Correlation;

        // 2. size and form
        if (message.Payload.Length > LargestRequest)
        {
            reading.HasId = false;
            throw new JobException(ErrorCode.TooLarge, $"the request has {message.Payload.Length} bytes, {LargestRequest} are allowed: send longer audio as a stream");
        }

        bool isAudio = message.ContentType?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) ?? false;
        JsonObject document = isAudio ? FromProperties(message) : ReadJson(message.Payload, reading);

        // 3. id, then where to answer
        ReadId(document, message, reading);
        ReadReplyTo(document, message, reading);
        CheckVersion(message);

        // 4. the rest
        JobPriority highest = JobSurfaces.PriorityOf(message.IsFleet ? JobSurface.Fleet : JobSurface.Mqtt);
        JsonObject parameters = Parameters(document);
        byte[]? audio = isAudio ? message.Payload.ToArray() : null;
        StreamFormat? stream = null;
        if (document["audio"] is { } given)
        {
            JsonObject described = given as JsonObject ?? throw Bad("audio: must be an object");
            (audio, stream) = ReadAudio(described, reading.Id);
        }

        return reading.Known() with
        {
            Priority = Lower(Priority(document), highest),
            Deadline = Deadline(document),
            Attempt = (int)Math.Clamp(WholeOf(document, "attempt") ?? 0, 0, int.MaxValue),
            Parameters = parameters,
            Audio = audio,
            Stream = stream,
            Body = HashOf(message.Verb, parameters, audio, stream),
        };
    }

    private static JsonObject ReadJson(ReadOnlyMemory<byte> payload, Reading reading)
    {
        if (payload.IsEmpty)
        {
            return [];
        }

        reading.HasId = false;
        JsonObject document = JsonNode.Parse(payload.Span, documentOptions: Json) as JsonObject ?? throw Bad("the payload must be a JSON object");
        reading.HasId = true;
        return document;
    }

    private static JsonObject FromProperties(CommandMessage message)
    {
        JsonObject parameters = [];
        JsonObject document = new() { ["params"] = parameters };
        foreach ((string name, string value) in message.Properties)
        {
            switch (name)
            {
                case "id" or "reply_to" or "priority" or "deadline_ms":
                    document[name] = value;
                    break;
                case "api" or "traceparent":
                    break;
                default:
                    parameters[name] = value;
                    break;
            }
        }

        return document;
    }

    private static void ReadId(JsonObject document, CommandMessage message, Reading reading)
    {
        string? inProperties = message.Properties.FirstOrDefault(property => property.Key == "id").Value;
        if (document["id"] is not { } node)
        {
            reading.Take(inProperties);
            return;
        }

        if (node is not JsonValue value || !value.TryGetValue(out string? id) || !IdPattern().IsMatch(id))
        {
            reading.HasId = false;
            throw Bad("id: must be 1 to 64 of A-Z, a-z, 0-9, _ and -");
        }

        reading.Take(id);
        if (inProperties is not null && inProperties != id)
        {
            throw Bad("id: the payload and the user properties name different ones");
        }
    }

    private void ReadReplyTo(JsonObject document, CommandMessage message, Reading reading)
    {
        if (document["reply_to"] is not { } node)
        {
            return;
        }

        string topic = node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Bad("reply_to: must be a topic");
        if (message.ResponseTopic is { Length: > 0 } other && other != topic)
        {
            throw Bad("reply_to: the payload and the response topic name different ones");
        }

        guard.Check(topic, message.IsFleet);
        reading.ReplyTo = topic;
    }

    private static void CheckVersion(CommandMessage message)
    {
        string? version = message.Properties.FirstOrDefault(property => property.Key == "api").Value;
        if (version is not null and not "1")
        {
            throw Bad($"api {version}: this node speaks 1");
        }
    }

    private static JsonObject Parameters(JsonObject document) => document["params"] switch
    {
        null => [],
        JsonObject parameters => parameters.DeepClone().AsObject(),
        _ => throw Bad("params: must be an object"),
    };

    private static JobPriority? Priority(JsonObject document) => document["priority"] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? name) => name switch
        {
            "interactive" => JobPriority.Interactive,
            "normal" => JobPriority.Normal,
            "batch" => JobPriority.Batch,
            _ => throw Bad("priority: must be interactive, normal or batch"),
        },
        _ => throw Bad("priority: must be interactive, normal or batch"),
    };

    /// <summary>A caller may only lower what its surface has.</summary>
    private static JobPriority Lower(JobPriority? asked, JobPriority highest) => asked is { } priority && priority < highest ? priority : highest;

    private static TimeSpan? Deadline(JsonObject document) => WholeOf(document, "deadline_ms") switch
    {
        null => null,
        > 0 and <= LongestDeadlineMs and long milliseconds => TimeSpan.FromMilliseconds(milliseconds),
        _ => throw Bad($"deadline_ms: must be from 1 to {LongestDeadlineMs}"),
    };

    private static long? WholeOf(JsonObject document, string name) => document[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out long number) => number,
        JsonValue value when value.TryGetValue(out string? text) && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out long number) => number,
        _ => throw Bad($"{name}: must be a whole number"),
    };

    private static (byte[]? Audio, StreamFormat? Stream) ReadAudio(JsonObject described, string id)
    {
        Jobs.Work.JobParameters given = new(described);
        if (described["data"] is not null)
        {
            string data = described["data"] is JsonValue value && value.TryGetValue(out string? text) ? text : throw Bad("audio.data: must be a text");
            if (described["encoding"]?.GetValueKind() != JsonValueKind.String || described["encoding"]!.GetValue<string>() != "base64")
            {
                throw Bad("audio.encoding: must be base64");
            }

            byte[] bytes = new byte[(data.Length / 4 * 3) + 3];
            return Convert.TryFromBase64String(data, bytes, out int count) ? (bytes[..count], null) : throw Bad("audio.data: is not base64");
        }

        string name = given.Text("stream", 64) ?? id;
        if (!IdPattern().IsMatch(name))
        {
            throw Bad("audio.stream: must be 1 to 64 of A-Z, a-z, 0-9, _ and -");
        }

        string codec = Named("audio.codec", () => given.Choice("codec", ["pcm", "flac", "opus"])) ?? "pcm";
        if (Named("audio.width", () => given.Whole("width", 1, 8)) is not (null or 2))
        {
            throw Bad("audio.width: must be 2 (16-bit samples)");
        }

        int rate = (int)(Named("audio.rate", () => given.Whole("rate", 1000, 768_000)) ?? 16000);
        int channels = (int)(Named("audio.channels", () => given.Whole("channels", 1, 64)) ?? 1);
        return (null, new StreamFormat(name, codec, rate, channels));
    }

    private static T Named<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JobException fault)
        {
            throw Bad($"{name}: {fault.Message.Split(": ", 2)[^1]}");
        }
    }

    private static byte[] HashOf(string verb, JsonObject parameters, byte[]? audio, StreamFormat? stream)
    {
        StringBuilder text = new(verb);
        text.Append('\n');
        Canonical(parameters, text);
        text.Append('\n').Append(stream?.ToString()).Append('\n');
        text.Append(audio is null ? "" : Convert.ToHexStringLower(SHA256.HashData(audio)));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The same for objects that differ in the order of their keys only.</summary>
    private static void Canonical(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject members:
                text.Append('{');
                foreach ((string name, JsonNode? value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    text.Append(JsonSerializer.Serialize(name)).Append(':');
                    Canonical(value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (JsonNode? item in items)
                {
                    Canonical(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static JobException Bad(string message) => new(ErrorCode.BadRequest, message);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    /// <summary>What is known of a command so far.</summary>
    private sealed class Reading(CommandMessage message)
    {
        public string Id { get; private set; } = Guid.CreateVersion7().ToString("N");

        public bool HasId { get; set; } = true;

        public string? ReplyTo { get; set; }

        public byte[]? Correlation { get; set; }

        private bool IsOwn { get; set; }

        public void Take(string? id)
        {
            if (id is not null && IdPattern().IsMatch(id))
            {
                (Id, IsOwn) = (id, true);
            }
        }

        public CommandCall Known() => new()
        {
            Verb = message.Verb,
            Id = Id,
            HasOwnId = IsOwn,
            IsRedelivery = message.IsRedelivery,
            Surface = message.IsFleet ? JobSurface.Fleet : JobSurface.Mqtt,
            ReplyTo = ReplyTo,
            Correlation = Correlation,
        };
    }
}
