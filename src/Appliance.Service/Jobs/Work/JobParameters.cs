using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Appliance.Service.Jobs.Work;

/// <summary>
/// Reads the parameters of a request; unknown ones are let be. A number or a truth value may stand in a text, as it does in MQTT user
/// properties and in forms.
/// </summary>
internal sealed partial class JobParameters(JsonObject values)
{
    private const int LongestModelName = 64;

    /// <summary>A text; null when there is none.</summary>
    /// <exception cref="JobException">It is something else, or too long.</exception>
    public string? Text(string name, int longest = 4000)
    {
        if (values[name] is not { } node)
        {
            return null;
        }

        string? text = node is JsonValue value && value.TryGetValue(out string? found) ? found : null;
        if (text is null || text.Length > longest)
        {
            throw Wrong(name, $"a text of at most {longest} characters");
        }

        return text.Contains('\0', StringComparison.Ordinal) ? throw Wrong(name, "a text without NUL characters") : text;
    }

    /// <summary>The name of a model; null when there is none. Never a path: nothing from a network opens one.</summary>
    /// <exception cref="JobException">It is something else.</exception>
    public string? Model(string name) => Text(name, LongestModelName) is not { } text ? null
        : ModelPattern().IsMatch(text) ? text
        : throw Wrong(name, "the name of a model: a-z, 0-9, dot, dash, underscore");

    /// <summary>One of several names; null when there is none.</summary>
    /// <exception cref="JobException">It is another one.</exception>
    public string? Choice(string name, IReadOnlyList<string> names) =>
        Text(name) is not { } text ? null : names.Contains(text) ? text : throw Wrong(name, "one of " + string.Join(", ", names));

    /// <summary>A whole number; null when there is none.</summary>
    /// <exception cref="JobException">It is something else.</exception>
    public long? Whole(string name, long minimum, long maximum) => values[name] switch
    {
        null => null,
        JsonValue value when long.TryParse(Digits(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number >= minimum && number <= maximum => number,
        _ => throw Wrong(name, $"a whole number from {minimum} to {maximum}"),
    };

    /// <summary>A number; null when there is none.</summary>
    /// <exception cref="JobException">It is something else.</exception>
    public double? Number(string name, double minimum, double maximum) => values[name] switch
    {
        null => null,
        JsonValue value when double.TryParse(Digits(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number >= minimum && number <= maximum => number,
        _ => throw Wrong(name, FormattableString.Invariant($"a number from {minimum} to {maximum}")),
    };

    /// <summary>True or false; null when there is none.</summary>
    /// <exception cref="JobException">It is something else.</exception>
    public bool? Flag(string name) => values[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool flag) || (value.TryGetValue(out string? text) && bool.TryParse(text, out flag)) => flag,
        _ => throw Wrong(name, "true or false"),
    };

    /// <summary>A list of texts, or one text with commas; null when there is none.</summary>
    /// <exception cref="JobException">It is something else.</exception>
    public IReadOnlyList<string>? Texts(string name)
    {
        switch (values[name])
        {
            case null:
                return null;
            case JsonValue value when value.TryGetValue(out string? text):
                return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            case JsonArray array when array.Count <= 100 && array.All(item => item is JsonValue value && value.TryGetValue(out string? _)):
                return [.. array.Select(item => item!.GetValue<string>())];
            default:
                throw Wrong(name, "a list of texts");
        }
    }

    /// <summary>A number as text, whatever type it has in memory.</summary>
    private static string? Digits(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => value.ToJsonString(),
        JsonValueKind.String => value.GetValue<string>(),
        _ => null,
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ModelPattern();

    private static JobException Wrong(string name, string expected) => new(ErrorCode.BadRequest, $"params.{name}: must be {expected}");
}
