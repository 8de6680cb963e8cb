using System.Collections;

namespace Appliance.Service.Configuration;

/// <summary>Puts the configuration together: defaults, then the file, then what was changed at run time, then the environment.</summary>
internal static class ConfigurationReader
{
    /// <param name="file">File named by the caller, or null for the default one, which may be absent.</param>
    /// <param name="variables">Environment variables.</param>
    /// <exception cref="ConfigurationException">Something is wrong; all problems are listed.</exception>
    public static ApplianceSettings Read(string? file, IDictionary variables) => Load(file, variables).Settings;

    /// <summary>As <see cref="Read"/>, with where each value came from.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; all problems are listed.</exception>
    public static LoadedConfiguration Load(string? file, IDictionary variables)
    {
        LoadedConfiguration loaded = Load(file, variables, out List<string> problems);
        return problems.Count == 0 ? loaded : throw new ConfigurationException(problems);
    }

    /// <summary>As <see cref="Load(string?, IDictionary)"/>, for a service: what values need of each other is checked too, and all is listed at once.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; all problems are listed.</exception>
    public static LoadedConfiguration LoadForService(string? file, IDictionary variables)
    {
        LoadedConfiguration loaded = Load(file, variables, out List<string> problems);
        problems.AddRange(ConfigurationCheck.Problems(loaded.Settings));
        return problems.Count == 0 ? loaded : throw new ConfigurationException(problems);
    }

    private static LoadedConfiguration Load(string? file, IDictionary variables, out List<string> problems)
    {
        problems = [];
        List<string> warnings = [];
        Dictionary<string, string> origins = new(StringComparer.OrdinalIgnoreCase);
        file ??= File.Exists(ProductFiles.ConfigurationFile) ? ProductFiles.ConfigurationFile : null;
        IReadOnlyList<Setting> written = file is null ? [] : ConfigurationFile.Read(file, problems);
        IReadOnlyList<Setting> environment = ConfigurationEnvironment.Read(variables);

        // where the settings made at run time are is itself a setting
        ApplianceSettings result = Apply(Apply(new(), written, problems, origins), environment, [], []);
        string runtimeFile = result.Storage.SettingsFile;
        if (File.Exists(runtimeFile))
        {
            Setting[] runtime = [.. ConfigurationFile.Read(runtimeFile, warnings).Where(setting => IsSettable(setting, warnings))];
            result = Apply(Apply(new(), written, [], origins), runtime, warnings, origins);
        }
        else
        {
            result = Apply(new(), written, [], origins);
        }

        result = Apply(result, environment, problems, origins);
        return new(result, origins, file, warnings);
    }

    private static bool IsSettable(Setting setting, List<string> warnings)
    {
        if (SettingKeys.All.TryGetValue(setting.Section + "." + setting.Key, out SettingKey? key) && key.IsSettable)
        {
            return true;
        }

        warnings.Add($"{setting.Source}: {setting.Section}.{setting.Key} can't be set at run time: it is passed over");
        return false;
    }

    private static ApplianceSettings Apply(
        ApplianceSettings settings, IReadOnlyList<Setting> given, List<string> problems, Dictionary<string, string> origins) =>
        given.Aggregate(settings, (before, setting) => Apply(before, setting, problems, origins));

    private static ApplianceSettings Apply(ApplianceSettings settings, Setting setting, List<string> problems, Dictionary<string, string> origins)
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
                return settings;
            }

            origins[key.FullName] = setting.Source;
            return applied;
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
