using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Service.Configuration;
using Appliance.Service.Health;
using Appliance.Service.Jobs;

namespace Appliance.Service.Mqtt.HomeAssistant;

/// <summary>
/// The one message by which Home Assistant finds the device (control-plane.md §2.7; Home Assistant's documentation of MQTT device
/// discovery). Nothing that a user typed is ever in it: Home Assistant evaluates its templates.
/// </summary>
/// <param name="topics">The node's.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="models">The models on this machine.</param>
internal sealed class DiscoveryMessage(Topics topics, ApplianceSettings settings, IReadOnlyList<ModelEntry> models)
{
    /// <summary>Bytes that the message may have, so that a packet limit of 20 kB holds it.</summary>
    public const int LargestBytes = 16_000;

    private static readonly string[] Sizes = ["128x128", "256x256", "512x512", "768x768", "1024x1024"];

    /// <summary>Where it goes.</summary>
    public static string TopicOf(MqttSettings mqtt, string node) => $"{mqtt.DiscoveryPrefix}/device/{node}/config";

    /// <summary>Where Home Assistant says that it has started.</summary>
    public static string BirthTopicOf(MqttSettings mqtt) => $"{mqtt.DiscoveryPrefix}/status";

    /// <summary>The message: empty, which removes the device, where it is turned off.</summary>
    public RetainedMessage Create() => new(
        TopicOf(settings.Mqtt, topics.NodeName), settings.Mqtt.HomeAssistant ? EnvelopeFactory.Bytes(Document()) : [], settings.Mqtt.HomeAssistant ? "application/json" : null);

    /// <summary>The message as JSON.</summary>
    public JsonObject Document()
    {
        JsonObject components = [];
        foreach ((string key, JsonObject component) in Sensors().Concat(Events()).Concat(Actions()).Concat(Choices()).Concat(States()))
        {
            component["unique_id"] = $"{topics.NodeName}_{key}";
            components[key] = component;
        }

        return new JsonObject
        {
            ["dev"] = new JsonObject
            {
                ["identifiers"] = new JsonArray(topics.NodeName),
                ["name"] = $"Appliance {topics.NodeName}",
                ["manufacturer"] = "Appliance",
                ["model"] = "Appliance",
                ["sw_version"] = ProductVersion.Number,
                ["serial_number"] = topics.NodeName,
            },
            ["o"] = new JsonObject { ["name"] = "appliance", ["sw"] = ProductVersion.Number },
            ["availability_topic"] = topics.Availability,
            ["payload_available"] = "online",
            ["payload_not_available"] = "offline",
            ["qos"] = 1,
            ["cmps"] = components,
        };
    }

    private IEnumerable<(string Key, JsonObject Component)> Sensors()
    {
        yield return ("status", State("sensor", "Status", "{{ value_json.status }}", ("device_class", "enum"),
            ("options", Texts(["starting", "idle", "busy", "degraded", "stopping"]))));
        yield return ("queue_depth", State("sensor", "Queue depth", "{{ value_json.queue_depth }}", ("state_class", "measurement"), ("icon", "mdi:tray-full")));
        yield return ("last_transcript", Component("sensor", "Last transcript", ("state_topic", topics.Transcript), ("json_attributes_topic", topics.Transcript),
            ("value_template", "{{ (value_json.text | default('', true)) | truncate(250, true, '…') }}"), ("icon", "mdi:text-recognition")));
        yield return ("rtf", Metric("Real-time factor", "appliance_speech_rtf", ("state_class", "measurement"), ("icon", "mdi:speedometer")));
        yield return ("memory", Metric("Memory available", "appliance_memory_available_bytes", ("device_class", "data_size"), ("unit_of_measurement", "B"), ("state_class", "measurement")));
        yield return ("disk_free", Metric("Disk free", "appliance_disk_free_bytes", ("device_class", "data_size"), ("unit_of_measurement", "B"), ("state_class", "measurement")));
        yield return ("xruns", Metric("Capture overruns", "appliance_capture_xruns_total", ("state_class", "total_increasing"), ("icon", "mdi:waveform")));
    }

    private IEnumerable<(string Key, JsonObject Component)> Events()
    {
        yield return ("transcript", Component("event", "Transcript", ("state_topic", topics.Transcript), ("event_types", Texts(["final", "empty", "error"])), ("icon", "mdi:microphone-message")));
        yield return ("button", Component("event", "Button", ("state_topic", $"{topics.Node}/event/button"), ("device_class", "button"),
            ("event_types", Texts(["press", "double_press", "long_press"]))));
        yield return ("image", Component("image", "Last image", ("image_topic", topics.Image), ("content_type", "image/jpeg"), ("json_attributes_topic", topics.ImageMeta)));
    }

    private IEnumerable<(string Key, JsonObject Component)> Actions()
    {
        const string Draw = """{"params":{"prompt":{{ value | tojson }}}}""";
        yield return ("draw", Component("notify", "Draw", ("command_topic", topics.Command("generate")), ("command_template", Draw)));
        yield return ("prompt", Component("text", "Prompt", ("command_topic", topics.Command("generate")), ("command_template", Draw), ("min", 1), ("max", 255), ("icon", "mdi:palette")));
        yield return ("start", Button("Start listening", "listen", """{"params":{"action":"start"}}"""));
        yield return ("stop", Button("Stop listening", "listen", """{"params":{"action":"stop"}}"""));
        yield return ("cancel", Button("Cancel jobs", "cancel", "{}"));
        yield return ("test_microphone", Button("Test microphone", "diag", """{"params":{"test":"microphone"}}""", ("entity_category", "diagnostic")));
        yield return ("restart", Button("Restart", "restart", "{}", ("entity_category", "config"), ("device_class", "restart")));
        yield return ("listening", Switch("Listening", "{{ 'ON' if value_json.listening else 'OFF' }}", "start", "stop"));
        yield return ("mute", Switch("Mute", "{{ 'ON' if value_json.muted else 'OFF' }}", "mute", "unmute"));
    }

    private IEnumerable<(string Key, JsonObject Component)> Choices()
    {
        yield return ("speech_model", Setting("select", "Speech model", "speech.model", ("options", Texts(NamesOf(ModelKinds.Whisper, settings.Speech.Model)))));
        yield return ("language", Setting("select", "Language", "speech.language", ("options", Texts(Languages()))));
        yield return ("image_model", Setting("select", "Image model", "imaging.model", ("options", Texts(NamesOf(ModelKinds.Diffusion, settings.Imaging.Model)))));
        JsonObject size = Setting("select", "Image size", "imaging.width", ("options", Texts(SizeOptions())));
        size["value_template"] = "{{ 'model' if value_json['imaging.width'] == 0 else value_json['imaging.width'] ~ 'x' ~ value_json['imaging.height'] }}";
        size["command_template"] = """{"params":{"set":{"imaging.width":{{ value.split('x')[0] | int(0) }},"imaging.height":{{ value.split('x')[-1] | int(0) }}}}}""";
        yield return ("image_size", size);
        yield return ("steps", Setting("number", "Steps", "imaging.steps", ("min", 0), ("max", 150), ("step", 1), ("mode", "box")));
        yield return ("guidance", Setting("number", "Guidance", "imaging.guidance", ("min", 0), ("max", 30), ("step", 0.5), ("mode", "box")));
        yield return ("level_threshold", Setting("number", "Volume threshold", "capture.levelThreshold", ("min", -100), ("max", 0), ("step", 1), ("unit_of_measurement", "dB")));
    }

    private IEnumerable<(string Key, JsonObject Component)> States()
    {
        yield return ("microphone", State("binary_sensor", "Microphone", "{{ 'ON' if value_json.mic in ['capturing', 'muted'] else 'OFF' }}", ("device_class", "connectivity")));
        yield return ("problem", State("binary_sensor", "Problem", "{{ 'ON' if value_json.reasons else 'OFF' }}", ("device_class", "problem")));
        yield return ("throttled", State("binary_sensor", "Throttled", "{{ 'ON' if 'throttled' in value_json.reasons else 'OFF' }}", ("device_class", "heat"), ("entity_category", "diagnostic")));
        yield return ("clock_synced", State("binary_sensor", "Clock synchronised", "{{ 'OFF' if 'clock_unsynced' in value_json.reasons else 'ON' }}",
            ("entity_category", "diagnostic"), ("icon", "mdi:clock-check")));
    }

    private static JsonObject Component(string platform, string name, params ReadOnlySpan<(string Key, JsonNode? Value)> more)
    {
        JsonObject component = new() { ["p"] = platform, ["name"] = name };
        foreach ((string key, JsonNode? value) in more)
        {
            component[key] = value;
        }

        return component;
    }

    private JsonObject State(string platform, string name, string template, params ReadOnlySpan<(string Key, JsonNode? Value)> more) =>
        With(Component(platform, name, ("state_topic", topics.State), ("json_attributes_topic", topics.State), ("value_template", template)), more);

    private JsonObject Metric(string name, string metric, params ReadOnlySpan<(string Key, JsonNode? Value)> more) =>
        With(Component("sensor", name, ("state_topic", topics.Metrics), ("json_attributes_topic", topics.Metrics),
            ("value_template", $"{{{{ value_json['{metric}'] | default(none) }}}}"), ("entity_category", "diagnostic")), more);

    private JsonObject Button(string name, string verb, string payload, params ReadOnlySpan<(string Key, JsonNode? Value)> more) =>
        With(Component("button", name, ("command_topic", topics.Command(verb)), ("payload_press", payload)), more);

    private JsonObject Switch(string name, string template, string on, string off) => Component("switch", name,
        ("state_topic", topics.State), ("json_attributes_topic", topics.State), ("value_template", template), ("state_on", "ON"), ("state_off", "OFF"),
        ("command_topic", topics.Command("listen")),
        ("payload_on", $$$"""{"params":{"action":"{{{on}}}"}}"""), ("payload_off", $$$"""{"params":{"action":"{{{off}}}"}}"""));

    private JsonObject Setting(string platform, string name, string key, params ReadOnlySpan<(string Key, JsonNode? Value)> more) =>
        With(Component(platform, name, ("state_topic", topics.Config), ("json_attributes_topic", topics.Config), ("value_template", $"{{{{ value_json['{key}'] }}}}"),
            ("command_topic", topics.Command("config")), ("entity_category", "config"),
            ("command_template", """{"params":{"set":{"KEY":{{ value | tojson }}}}}""".Replace("KEY", key, StringComparison.Ordinal))), more);

    private static JsonObject With(JsonObject component, ReadOnlySpan<(string Key, JsonNode? Value)> more)
    {
        foreach ((string key, JsonNode? value) in more)
        {
            component[key] = value;
        }

        return component;
    }

    /// <summary>A select must offer what is in force, or Home Assistant refuses the state.</summary>
    private IEnumerable<string> NamesOf(string kind, string inForce) =>
        models.Where(model => model is { Problem: null, HiddenBy: null } && model.Manifest?.Kind == kind).Select(model => model.Name).Append(inForce).Where(name => !name.Contains('{', StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);

    private IEnumerable<string> Languages()
    {
        IReadOnlyList<string> known = models.FirstOrDefault(model => model.Name == settings.Speech.Model)?.Manifest?.Languages ?? [];
        IEnumerable<string> all = ["auto", .. known.Order(StringComparer.Ordinal), settings.Speech.Language ?? "auto"];
        return all.Distinct();
    }

    private IEnumerable<string> SizeOptions()
    {
        string inForce = settings.Imaging.Width is { } width && settings.Imaging.Height is { } height ? $"{width}x{height}" : "model";
        IEnumerable<string> all = ["model", .. Sizes, inForce];
        return all.Distinct();
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
