using System.Text.Json;

namespace Appliance.Service.Configuration;

/// <summary>Reads settings from a JSON file: an object of sections, each an object of keys; comments and trailing commas are fine.</summary>
internal static class ConfigurationFile
{
    /// <summary>The file's settings in its order; what keeps it from being read is added to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<Setting> Read(string path, List<string> problems)
    {
        try
        {
            return Settings(path, Parse(path), problems);
        }
        catch (JsonException fault)
        {
            problems.Add($"{path}: not valid JSON at line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}: correct it there");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add($"{path}: there is no such file: name another with --config");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: not readable: check that it is a file and its permissions");
        }

        return [];
    }

    private static JsonElement Parse(string path)
    {
        JsonDocumentOptions options = new()
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        };
        using FileStream stream = File.OpenRead(path);
        using JsonDocument document = JsonDocument.Parse(stream, options);
        return document.RootElement.Clone();
    }

    private static List<Setting> Settings(string path, JsonElement root, List<string> problems)
    {
        List<Setting> settings = [];
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{path}: not a JSON object: write {{ \"speech\": {{ … }} }}");
            return settings;
        }

        foreach (JsonProperty section in root.EnumerateObject())
        {
            if (section.NameEquals("$schema"))
            {
                // for editors
                continue;
            }

            if (section.Value.ValueKind != JsonValueKind.Object)
            {
                problems.Add($"{path}: {section.Name} is not a section: write {{ \"{section.Name}\": {{ … }} }}");
                continue;
            }

            Add(settings, path, section.Name, prefix: "", section.Value);
        }

        return settings;
    }

    /// <summary>Objects in a section are parts of names: <c>"tls": { "caFile": … }</c> is <c>tls.caFile</c>.</summary>
    private static void Add(List<Setting> settings, string path, string section, string prefix, JsonElement values)
    {
        foreach (JsonProperty key in values.EnumerateObject())
        {
            if (key.Value.ValueKind == JsonValueKind.Object)
            {
                Add(settings, path, section, prefix + key.Name + ".", key.Value);
            }
            else
            {
                settings.Add(new Setting(section, prefix + key.Name, SettingValue.Of(key.Value), path));
            }
        }
    }
}
