using System.Text.Json.Nodes;

namespace Appliance.Service.Configuration;

/// <summary>Makes the keys of one section.</summary>
/// <param name="name">Name of the section.</param>
/// <param name="get">The section of all settings.</param>
/// <param name="put">All settings with another section.</param>
internal sealed class SettingSection<T>(string name, Func<ApplianceSettings, T> get, Func<ApplianceSettings, T, ApplianceSettings> put)
    where T : class
{
    /// <summary>Whether the keys made here can be set while the service runs.</summary>
    public bool IsSettable { get; init; }

    /// <summary>A text; <paramref name="write"/> gives null for one that is not as expected.</summary>
    public SettingKey Text(string key, string expected, Func<T, string?> read, Func<T, string, T?> write) =>
        Key(key, expected, new JsonObject { ["type"] = "string" }, section => JsonValue.Create(read(section)),
            (section, value) => value.AsText() is { } text ? write(section, text) : null);

    /// <summary>One of several names; with <paramref name="hasNone"/> also the empty text, which <paramref name="write"/> gets as null.</summary>
    public SettingKey Choice(string key, IReadOnlyList<string> names, Func<T, string?> read, Func<T, string?, T> write, bool hasNone = false)
    {
        string[] all = hasNone ? ["", .. names] : [.. names];
        string expected = $"one of {string.Join(", ", names)}{(hasNone ? ", or nothing for the model's own" : "")}";
        return Key(key, expected, new JsonObject { ["enum"] = Array(all) }, section => JsonValue.Create(read(section) ?? ""),
            (section, value) => value.AsText() is { } text && all.Contains(text) ? write(section, text.Length == 0 ? null : text) : null);
    }

    /// <summary>A whole number in a range.</summary>
    public SettingKey Whole(string key, string expected, long minimum, long maximum, Func<T, long> read, Func<T, long, T> write) =>
        Key(key, expected, new JsonObject { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum }, section => JsonValue.Create(read(section)),
            (section, value) => value.AsWholeNumber() is { } number && number >= minimum && number <= maximum ? write(section, number) : null);

    /// <summary>A number in a range, or nothing.</summary>
    public SettingKey Number(string key, string expected, double minimum, double maximum, Func<T, double?> read, Func<T, double, T> write) =>
        Key(key, expected, new JsonObject { ["type"] = "number", ["minimum"] = minimum, ["maximum"] = maximum }, section => JsonValue.Create(read(section)),
            (section, value) => value.AsNumber() is { } number && number >= minimum && number <= maximum ? write(section, number) : null);

    /// <summary>True or false.</summary>
    public SettingKey Flag(string key, Func<T, bool> read, Func<T, bool, T> write) =>
        Key(key, "true or false", new JsonObject { ["type"] = "boolean" }, section => JsonValue.Create(read(section)),
            (section, value) => value.AsFlag() is { } flag ? write(section, flag) : null);

    /// <summary>A list of texts; <paramref name="write"/> gives null for one that is not as expected.</summary>
    public SettingKey Texts(string key, string expected, Func<T, IReadOnlyList<string>> read, Func<T, IReadOnlyList<string>, T?> write) =>
        Key(key, expected, new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } }, section => Array(read(section)),
            (section, value) => value.AsTexts() is { } texts ? write(section, texts) : null);

    /// <summary>Any other form.</summary>
    public SettingKey Key(string key, string expected, JsonObject schema, Func<T, JsonNode?> read, Func<T, SettingValue, T?> write) =>
        new(name, key, expected, (all, value) => write(get(all), value) is { } section ? put(all, section) : null, all => read(get(all)))
        {
            Schema = schema,
            IsSettable = IsSettable,
        };

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
