using System.Text.Json.Nodes;
using Appliance.Inference.Models;
using Appliance.Service.Configuration;
using Appliance.Service.Mqtt;
using Appliance.Service.Mqtt.HomeAssistant;

namespace Appliance.Service.Tests.Mqtt;

/// <summary>The discovery message against Home Assistant's schemas (components/mqtt: schemas.py and the platforms, release 2025.10).</summary>
public sealed class DiscoveryTests
{
    private static readonly Topics Topics = new("edge", "kitchen");

    private static readonly string[] RootKeys =
    [
        "dev", "o", "cmps", "availability_topic", "availability_mode", "availability_template", "availability", "payload_available", "payload_not_available",
        "state_topic", "command_topic", "qos", "encoding",
    ];

    private static readonly string[] DeviceKeys =
        ["identifiers", "connections", "name", "manufacturer", "model", "model_id", "sw_version", "hw_version", "serial_number", "suggested_area", "via_device", "configuration_url"];

    private static readonly string[] EveryEntity =
    [
        "p", "name", "unique_id", "default_entity_id", "icon", "entity_category", "entity_picture", "enabled_by_default", "json_attributes_topic", "json_attributes_template",
    ];

    // required keys, then optional ones
    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Platforms = new()
    {
        ["sensor"] = (["state_topic"], ["device_class", "state_class", "unit_of_measurement", "options", "expire_after", "force_update", "suggested_display_precision", "value_template", "last_reset_value_template"]),
        ["binary_sensor"] = (["state_topic"], ["device_class", "payload_on", "payload_off", "off_delay", "expire_after", "force_update", "value_template"]),
        ["event"] = (["state_topic", "event_types"], ["device_class", "value_template"]),
        ["image"] = ([], ["image_topic", "url_topic", "content_type", "image_encoding", "url_template"]),
        ["text"] = (["command_topic"], ["command_template", "min", "max", "mode", "pattern", "retain", "state_topic", "value_template"]),
        ["notify"] = (["command_topic"], ["command_template", "retain"]),
        ["button"] = (["command_topic"], ["command_template", "payload_press", "retain", "device_class"]),
        ["switch"] = (["command_topic"], ["command_template", "payload_on", "payload_off", "state_on", "state_off", "state_topic", "value_template", "optimistic", "retain", "device_class"]),
        ["select"] = (["command_topic", "options"], ["command_template", "state_topic", "value_template", "optimistic", "retain"]),
        ["number"] = (["command_topic"], ["command_template", "device_class", "max", "min", "mode", "optimistic", "payload_reset", "retain", "state_topic", "step", "unit_of_measurement", "value_template"]),
    };

    private static readonly Dictionary<string, string[]> DeviceClasses = new()
    {
        ["sensor"] = ["enum", "data_size", "power", "temperature", "duration"],
        ["binary_sensor"] = ["connectivity", "problem", "heat", "running"],
        ["event"] = ["button", "doorbell", "motion"],
        ["button"] = ["identify", "restart", "update"],
    };

    [Fact]
    public void Message_FitsHomeAssistantsSchemas()
    {
        JsonObject document = Document(new ApplianceSettings());
        Assert.All(document, pair => Assert.Contains(pair.Key, RootKeys));
        Assert.All(document["dev"]!.AsObject(), pair => Assert.Contains(pair.Key, DeviceKeys));
        Assert.NotEmpty(document["dev"]!["identifiers"]!.AsArray());
        Assert.NotNull(document["o"]!["name"]);
        JsonObject components = document["cmps"]!.AsObject();
        Assert.All(components, pair => AssertComponent(pair.Key, pair.Value!.AsObject()));
        Assert.Equal(components.Count, components.Select(pair => pair.Value!["unique_id"]!.GetValue<string>()).Distinct().Count());
        string[] wanted = ["sensor", "event", "image", "text", "notify", "button", "switch", "select", "number", "binary_sensor"];
        Assert.All(wanted, platform => Assert.Contains(components, pair => pair.Value!["p"]!.GetValue<string>() == platform));
    }

    [Fact]
    public void Message_IsSmallEnoughForASmallBroker() =>
        Assert.InRange(new DiscoveryMessage(Topics, new ApplianceSettings(), Models()).Create().Payload.Length, 1, DiscoveryMessage.LargestBytes);

    [Fact]
    public void Message_TurnedOff_RemovesTheDevice() =>
        Assert.Empty(new DiscoveryMessage(Topics, new ApplianceSettings { Mqtt = new MqttSettings { HomeAssistant = false } }, Models()).Create().Payload);

    [Fact]
    public void Message_NeverHoldsWhatAUserTyped()
    {
        const string Evil = "{{ states('lock.door') }}";
        ApplianceSettings settings = new()
        {
            Speech = new SpeechSettings { InitialPrompt = Evil, Hotwords = Evil, Model = Evil },
            Capture = new CaptureSettings { Phrases = [Evil], Device = Evil },
            Imaging = new ImagingSettings { Model = "/" + Evil },
        };
        Assert.DoesNotContain("lock.door", Document(settings).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_TakeUserTextThroughTojsonOnly()
    {
        string[] templates = [.. Document(new ApplianceSettings())["cmps"]!.AsObject().Select(pair => pair.Value!["command_template"]?.GetValue<string>()).OfType<string>()];
        Assert.NotEmpty(templates);

        // the sizes are options of ours, and become numbers
        Assert.All(templates, template => Assert.True(template.Contains("{{ value | tojson }}", StringComparison.Ordinal) || template.Contains("| int(0)", StringComparison.Ordinal), template));
    }

    private static JsonObject Document(ApplianceSettings settings) => JsonNode.Parse(new DiscoveryMessage(Topics, settings, Models()).Document().ToJsonString())!.AsObject();

    private static IReadOnlyList<ModelEntry> Models() => new ModelCatalog(new ModelSettings().Roots).List();

    private static void AssertComponent(string key, JsonObject component)
    {
        string platform = component["p"]!.GetValue<string>();
        (string[] required, string[] optional) = Platforms[platform];
        Assert.All(required, name => Assert.True(component.ContainsKey(name), $"{key} has no {name}"));
        Assert.All(component, pair => Assert.True(EveryEntity.Contains(pair.Key) || required.Contains(pair.Key) || optional.Contains(pair.Key), $"{key}: {pair.Key} is no key of {platform}"));
        Assert.StartsWith("kitchen_", component["unique_id"]!.GetValue<string>(), StringComparison.Ordinal);
        if (component["device_class"]?.GetValue<string>() is { } deviceClass)
        {
            Assert.Contains(deviceClass, DeviceClasses[platform]);
        }

        if (component["entity_category"]?.GetValue<string>() is { } category)
        {
            // what only reads can't be configuration
            Assert.True(category == "diagnostic" || (category == "config" && platform is not ("sensor" or "binary_sensor" or "event" or "image")), key);
        }

        switch (platform)
        {
            case "sensor" when component["options"] is not null:
                Assert.Equal("enum", component["device_class"]!.GetValue<string>());
                Assert.False(component.ContainsKey("state_class") || component.ContainsKey("unit_of_measurement"));
                break;
            case "sensor" when component["state_class"]?.GetValue<string>() is { } stateClass:
                Assert.True(stateClass is "measurement" or "total" or "total_increasing", key);
                break;
            case "image":
                Assert.True(component.ContainsKey("image_topic") ^ component.ContainsKey("url_topic"));
                break;
            case "text":
                Assert.InRange(component["max"]!.GetValue<int>(), component["min"]!.GetValue<int>(), 255);
                break;
            case "number":
                Assert.True(component["min"]!.GetValue<double>() < component["max"]!.GetValue<double>());
                break;
            case "select":
                Assert.NotEmpty(component["options"]!.AsArray());
                break;
            default:
                break;
        }

        foreach ((string name, JsonNode? value) in component.Where(pair => pair.Key.EndsWith("_topic", StringComparison.Ordinal)))
        {
            Assert.StartsWith("edge/kitchen/", value!.GetValue<string>(), StringComparison.Ordinal);
            Assert.DoesNotContain('+', value.GetValue<string>());
        }
    }
}
