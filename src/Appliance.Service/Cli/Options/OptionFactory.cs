using System.Globalization;

namespace Appliance.Service.Cli.Options;

/// <summary>Makes the usual kinds of options.</summary>
internal static class OptionFactory
{
    private const int MaximumChannels = 64;

    /// <summary>A whole number in a range.</summary>
    public static ValueOption<int> WholeNumber(string name, int defaultValue, int minimum, int maximum, string description, params string[] aliases) =>
        new(name, "N", defaultValue, (string text, out int value) => TryParseWhole(text, out value) && value >= minimum && value <= maximum, aliases)
        {
            Description = description,
            Expected = $"a whole number from {minimum} to {maximum}",
            Default = Text(defaultValue),
        };

    /// <summary>A whole number in a range, or nothing.</summary>
    public static ValueOption<int?> OptionalWholeNumber(string name, int minimum, int maximum, string nothing, string description) =>
        new(name, "N", null, (string text, out int? value) =>
        {
            bool isNumber = TryParseWhole(text, out int number) && number >= minimum && number <= maximum;
            value = isNumber ? number : null;
            return isNumber || IsNone(text);
        })
        {
            Description = description,
            Expected = $"a whole number from {minimum} to {maximum}, or None",
            Default = nothing,
        };

    /// <summary>A number in a range.</summary>
    public static ValueOption<double> Number(string name, double defaultValue, double minimum, double maximum, string description) =>
        new(name, "X", defaultValue, (string text, out double value) => TryParseNumber(text, out value) && value >= minimum && value <= maximum)
        {
            Description = description,
            Expected = $"a number from {Text(minimum)} to {Text(maximum)}",
            Default = Text(defaultValue),
        };

    /// <summary>A number in a range, or <c>None</c> for nothing.</summary>
    public static ValueOption<double?> OptionalNumber(
        string name, double? defaultValue, double minimum, double maximum, string nothing, string description, params string[] aliases) =>
        new(name, "X", defaultValue, (string text, out double? value) =>
        {
            bool isNumber = TryParseNumber(text, out double number) && number >= minimum && number <= maximum;
            value = isNumber ? number : null;
            return isNumber || IsNone(text);
        }, aliases)
        {
            Description = description,
            Expected = $"a number from {Text(minimum)} to {Text(maximum)}, or None",
            Default = defaultValue is { } number ? Text(number) : nothing,
        };

    /// <summary>Any text.</summary>
    public static ValueOption<string?> FreeText(string name, string placeholder, string defaultText, string description, params string[] aliases) =>
        new(name, placeholder, null, (string text, out string? value) => (value = text) is not null, aliases)
        {
            Description = description,
            Expected = "a text",
            Default = defaultText,
        };

    /// <summary>A text that may not be empty: a name or a path.</summary>
    public static ValueOption<string?> Named(string name, string placeholder, ValueKind kind, string expected, string defaultText, string description, params string[] aliases) =>
        new(name, placeholder, null, (string text, out string? value) => (value = text).Length > 0, aliases)
        {
            Description = description,
            Expected = expected,
            Default = defaultText,
            Kind = kind,
        };

    /// <summary>One of several names; case does not matter.</summary>
    public static ValueOption<string?> Choice(string name, IReadOnlyList<string> choices, string defaultText, string description, params string[] aliases) =>
        new(name, string.Join('|', choices), null, (string text, out string? value) =>
            (value = choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase))) is not null, aliases)
        {
            Description = description,
            Expected = "one of " + string.Join(", ", choices),
            Default = defaultText,
            Choices = choices,
            Kind = ValueKind.Choice,
        };

    /// <summary>A channel of a recording or a device.</summary>
    public static ValueOption<int?> Channel(string defaultText, string description) => new("--channel", "mix|N", null, TryParseChannel)
    {
        Description = description,
        Expected = $"mix or a channel from 0 to {MaximumChannels - 1}",
        Default = defaultText,
    };

    /// <summary>`on` or `off`, also `True` or `False`.</summary>
    public static ValueOption<bool> OnOff(string name, bool defaultValue, string description) =>
        new(name, "on|off", defaultValue, (string text, out bool value) =>
        {
            value = text.ToUpperInvariant() is "ON" or "TRUE";
            return value || text.ToUpperInvariant() is "OFF" or "FALSE";
        })
        {
            Description = description,
            Expected = "on or off",
            Default = defaultValue ? "on" : "off",
            Choices = ["on", "off"],
            Kind = ValueKind.Choice,
        };

    private static bool IsNone(string text) => text.ToUpperInvariant() is "NONE" or "OFF";

    private static bool TryParseChannel(string text, out int? value)
    {
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < MaximumChannels;
        value = isNumber ? number : null;
        return isNumber || text.Equals("mix", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParseWhole(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryParseNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
