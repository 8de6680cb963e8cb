using System.Text.Json;
using Appliance.Inference.Models;

namespace Appliance.Imaging;

/// <summary>Reads the fields of a model's configuration; null where one is absent or null.</summary>
/// <param name="json">The object.</param>
/// <param name="path">The file it comes from, for messages.</param>
internal sealed class JsonFields(JsonElement json, string path)
{
    /// <summary>Whether there is not a single field.</summary>
    public bool IsEmpty => !json.EnumerateObject().Any();

    /// <summary>A text.</summary>
    public string? Text(string name) => Find(name, JsonValueKind.String, "a text") is { } value ? value.GetString() : null;

    /// <summary>A flag.</summary>
    public bool? Flag(string name) => Find(name, null, "") is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Damaged(name, value, "true or false"),
    };

    /// <summary>A whole number in a range.</summary>
    public int? Whole(string name, int minimum, int maximum)
    {
        if (Find(name, null, "") is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= minimum && number <= maximum
            ? number
            : throw Damaged(name, value, $"a whole number from {minimum} to {maximum}");
    }

    /// <summary>A number in a range; minus infinity, written as a text, counts as absent.</summary>
    public double? Number(string name, double minimum, double maximum)
    {
        if (Find(name, null, "") is not { } value || (value.ValueKind == JsonValueKind.String && value.GetString() is "-inf" or "-Infinity"))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= minimum && number <= maximum
            ? number
            : throw Damaged(name, value, $"a number from {minimum} to {maximum}");
    }

    /// <summary>A list of numbers.</summary>
    public float[]? Numbers(string name) => Find(name, JsonValueKind.Array, "a list of numbers") is not { } list
        ? null
        : [.. list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) ? number : throw Damaged(name, list, "a list of numbers"))];

    /// <summary>A list of whole numbers; one number counts as a list.</summary>
    public int[]? WholeNumbers(string name)
    {
        if (Find(name, null, "") is not { } value)
        {
            return null;
        }

        IEnumerable<JsonElement> values = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        return [.. values.Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number) ? number : throw Damaged(name, value, "a list of whole numbers"))];
    }

    /// <summary>One of several names.</summary>
    public T? OneOf<T>(string name, params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        List<string> names = [];
        foreach ((string choice, T value) in choices)
        {
            if (choice == text)
            {
                return value;
            }

            names.Add(choice);
        }

        throw Unsupported(name, text, string.Join(", ", names));
    }

    /// <summary>A value that means something which is not done here.</summary>
    public ModelException Unsupported(string name, string value, string known) =>
        new(ModelError.Unsupported, path, $"{path} asks for {name} {value}, which this program does not do: use a model with {name} {known}");

    private JsonElement? Find(string name, JsonValueKind? kind, string expected)
    {
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return kind is null || value.ValueKind == kind ? value : throw Damaged(name, value, expected);
    }

    private ModelException Damaged(string name, JsonElement value, string expected) =>
        new(ModelError.Damaged, path, $"{path} has {name} {Shorten(value.GetRawText())}, which must be {expected}: take the file from the model's origin");

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
