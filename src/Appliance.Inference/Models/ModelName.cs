namespace Appliance.Inference.Models;

/// <summary>The rule for model names: safe as a folder name, an MQTT level and a shell word.</summary>
internal static class ModelName
{
    public const string Rule = "1 to 100 of a-z 0-9 . _ - that start with a letter or digit";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 100
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');
}
