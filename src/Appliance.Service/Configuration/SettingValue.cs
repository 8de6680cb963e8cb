using System.Globalization;
using System.Text.Json;

namespace Appliance.Service.Configuration;

/// <summary>A value as it was written: a JSON element of the file, or the text of an environment variable.</summary>
internal abstract class SettingValue
{
    /// <summary>Wraps an element of the configuration file.</summary>
    public static SettingValue Of(JsonElement element) => new JsonValue(element);

    /// <summary>Wraps the text of an environment variable.</summary>
    public static SettingValue Of(string text) => new TextValue(text);

    /// <summary>The value as text, or null when it is none.</summary>
    public abstract string? AsText();

    /// <summary>The value as a whole number, or null when it is none.</summary>
    public abstract long? AsWholeNumber();

    /// <summary>The value as a number, or null when it is none.</summary>
    public abstract double? AsNumber();

    /// <summary>The value as true or false, or null when it is neither.</summary>
    public abstract bool? AsFlag();

    /// <summary>The value as a list of texts, or null when it is none.</summary>
    public abstract IReadOnlyList<string>? AsTexts();

    private sealed class JsonValue(JsonElement element) : SettingValue
    {
        public override string? AsText() => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

        public override long? AsWholeNumber() =>
            element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number) ? number : null;

        public override double? AsNumber() =>
            element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) ? number : null;

        public override bool? AsFlag() => element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

        public override IReadOnlyList<string>? AsTexts()
        {
            if (element.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            string?[] texts = [.. element.EnumerateArray().Select(item => Of(item).AsText())];
            return texts.Contains(null) ? null : [.. texts.OfType<string>()];
        }
    }

    private sealed class TextValue(string text) : SettingValue
    {
        public override string AsText() => text;

        public override long? AsWholeNumber() =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

        public override double? AsNumber() =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

        public override bool? AsFlag() => bool.TryParse(text, out bool flag) ? flag : null;

        // a JSON array, or names with commas between them
        public override IReadOnlyList<string>? AsTexts()
        {
            if (!text.TrimStart().StartsWith('['))
            {
                return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            }

            try
            {
                using JsonDocument document = JsonDocument.Parse(text);
                return Of(document.RootElement).AsTexts();
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
