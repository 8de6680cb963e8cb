using System.Collections;

namespace Appliance.Service.Configuration;

/// <summary>Reads settings from environment variables named <c>APPLIANCE_SECTION__KEY</c>.</summary>
internal static class ConfigurationEnvironment
{
    private const string Prefix = "APPLIANCE_";
    private const string Separator = "__";

    /// <summary>The settings among the variables, in order of their names; names without <c>__</c> are none.</summary>
    public static IReadOnlyList<Setting> Read(IDictionary variables) =>
    [
        .. variables.Keys.Cast<string>()
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && name.IndexOf(Separator, Prefix.Length, StringComparison.Ordinal) > Prefix.Length)
            .Order(StringComparer.Ordinal)
            .Select(name => Parse(name, (string?)variables[name] ?? "")),
    ];

    private static Setting Parse(string name, string text)
    {
        int separator = name.IndexOf(Separator, Prefix.Length, StringComparison.Ordinal);
        string key = name[(separator + Separator.Length)..].Replace(Separator, ".", StringComparison.Ordinal);
        return new Setting(name[Prefix.Length..separator], key, SettingValue.Of(text), name);
    }
}
