using System.Collections;

namespace Appliance.Service.Configuration;

/// <summary>Puts the configuration together: defaults, then the file, then the environment.</summary>
internal static class ConfigurationReader
{
    /// <param name="file">File named by the caller, or null for the default one, which may be absent.</param>
    /// <param name="variables">Environment variables.</param>
    /// <exception cref="ConfigurationException">Something is wrong; all problems are listed.</exception>
    public static ApplianceSettings Read(string? file, IDictionary variables)
    {
        List<string> problems = [];
        List<Setting> settings = [];
        file ??= File.Exists(ProductFiles.ConfigurationFile) ? ProductFiles.ConfigurationFile : null;
        if (file is not null)
        {
            settings.AddRange(ConfigurationFile.Read(file, problems));
        }

        settings.AddRange(ConfigurationEnvironment.Read(variables));
        ApplianceSettings result = settings.Aggregate(new ApplianceSettings(), (before, setting) => Apply(before, setting, problems));
        return problems.Count == 0 ? result : throw new ConfigurationException(problems);
    }

    private static ApplianceSettings Apply(ApplianceSettings settings, Setting setting, List<string> problems)
    {
        if (SettingKeys.OtherSections.Contains(setting.Section))
        {
            return settings;
        }

        if (SettingKeys.All.TryGetValue(setting.Section + "." + setting.Key, out SettingKey? key))
        {
            ApplianceSettings? applied = key.Apply(settings, setting.Value);
            if (applied is null)
            {
                problems.Add($"{setting.Source}: {key.FullName} must be {key.Expected}");
            }

            return applied ?? settings;
        }

        problems.Add($"{setting.Source}: unknown {Unknown(setting)}");
        return settings;
    }

    private static string Unknown(Setting setting)
    {
        string[] keys = [.. SettingKeys.All.Values
            .Where(key => key.Section.Equals(setting.Section, StringComparison.OrdinalIgnoreCase)).Select(key => key.Name)];
        (string what, string typed, IEnumerable<string> known) = keys.Length == 0
            ? ("section", setting.Section, SettingKeys.Sections)
            : ($"key {setting.Section.ToLowerInvariant()}.{setting.Key}", setting.Key, keys);
        string? nearest = NearestName.Find(typed, known);
        string advice = nearest is null ? $"known are {string.Join(", ", known)}" : $"did you mean {nearest}?";
        return keys.Length == 0 ? $"{what} {typed}: {advice}" : $"{what}: {advice}";
    }
}
