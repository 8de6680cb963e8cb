using System.Text.Json.Nodes;

namespace Appliance.Service.Configuration;

/// <summary>The configuration file as JSON Schema (draft 2020-12), for editors.</summary>
internal static class ConfigurationSchema
{
    /// <summary>The document.</summary>
    public static JsonObject Create()
    {
        JsonObject sections = [];
        ApplianceSettings defaults = new();
        foreach (SettingKey key in SettingKeys.InOrder)
        {
            JsonObject properties = Properties(sections, key.Section);
            string[] levels = key.Name.Split('.');
            foreach (string level in levels[..^1])
            {
                properties = Properties(properties, level);
            }

            JsonObject schema = key.Schema.DeepClone().AsObject();
            schema["description"] = key.Expected;

            // what depends on this machine is no part of a schema that is shipped
            if (key.FullName is not ("models.roots" or "storage.directory"))
            {
                schema["default"] = key.Show(defaults);
            }

            properties[levels[^1]] = schema;
        }

        foreach (string other in SettingKeys.OtherSections.Order(StringComparer.Ordinal))
        {
            sections[other] = new JsonObject { ["type"] = "object" };
        }

        sections["$schema"] = new JsonObject { ["type"] = "string" };
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "appliance.json",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = sections,
        };
    }

    private static JsonObject Properties(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject section)
        {
            section = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = new JsonObject() };
            parent[name] = section;
        }

        return section["properties"]!.AsObject();
    }
}
