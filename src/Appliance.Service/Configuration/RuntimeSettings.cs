using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Appliance.Service.Configuration;

/// <summary>The settings in force while the service runs; those that may be are changed here. Thread-safe.</summary>
internal sealed class RuntimeSettings
{
    private readonly Lock _lock = new();
    private readonly string? _file;
    private readonly IDictionary _variables;
    private LoadedConfiguration _loaded;

    /// <param name="file">File named by the caller, or null.</param>
    /// <param name="variables">Environment variables.</param>
    /// <exception cref="ConfigurationException">Something is wrong; all problems are listed.</exception>
    public RuntimeSettings(string? file, IDictionary variables)
    {
        (_file, _variables) = (file, variables);
        _loaded = ConfigurationReader.LoadForService(file, variables);
    }

    /// <summary>Told of new settings, on the thread that set them: before, after.</summary>
    public event Action<ApplianceSettings, ApplianceSettings>? Changed;

    /// <summary>The settings in force.</summary>
    public ApplianceSettings Current => Volatile.Read(ref _loaded).Settings;

    /// <summary>What was passed over.</summary>
    public IReadOnlyList<string> Warnings => Volatile.Read(ref _loaded).Warnings;

    /// <summary>The settable keys and their values, flat.</summary>
    public JsonObject Settable()
    {
        ApplianceSettings settings = Current;
        return new JsonObject(SettingKeys.InOrder.Where(key => key.IsSettable).Select(key => KeyValuePair.Create(key.FullName, key.Show(settings))));
    }

    /// <summary>Sets values and keeps them: all of them or none.</summary>
    /// <param name="values">New values by full name.</param>
    /// <exception cref="SettingException">A key is unknown or may not be set, or a value is not as expected.</exception>
    /// <exception cref="IOException">They can't be kept.</exception>
    public SettingChange Set(JsonObject values)
    {
        ApplianceSettings before, after;
        SettingChange change;
        lock (_lock)
        {
            foreach ((string name, JsonNode? value) in values)
            {
                Check(name, value);
            }

            JsonObject kept = ReadKept();
            foreach ((string name, JsonNode? value) in values)
            {
                SettingKey key = SettingKeys.All[name];
                JsonObject section = kept[key.Section] as JsonObject ?? [];
                section[key.Name] = value?.DeepClone();
                kept[key.Section] = section;
            }

            before = _loaded.Settings;
            string path = before.Storage.SettingsFile;
            DurableFile.Write(path, Encoding.UTF8.GetBytes(kept.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n"));
            LoadedConfiguration loaded = ConfigurationReader.Load(_file, _variables);
            after = loaded.Settings;
            Volatile.Write(ref _loaded, loaded);
            change = new([.. values.Select(pair => SettingKeys.All[pair.Key].FullName)], [.. values.Select(pair => pair.Key).Where(loaded.IsFixed)]);
        }

        Changed?.Invoke(before, after);
        return change;
    }

    private void Check(string name, JsonNode? value)
    {
        if (!SettingKeys.All.TryGetValue(name, out SettingKey? key))
        {
            string? nearest = NearestName.Find(name, SettingKeys.Settable);
            throw new SettingException(isForbidden: true, $"unknown setting {name}: {(nearest is null ? $"what can be set is {string.Join(", ", SettingKeys.Settable)}" : $"did you mean {nearest}?")}");
        }

        if (!key.IsSettable)
        {
            throw new SettingException(isForbidden: true, $"{key.FullName} can't be set while the service runs: change the configuration file and restart it");
        }

        if (value is null || key.Apply(Current, SettingValue.Of(JsonSerializer.SerializeToElement(value))) is null)
        {
            throw new SettingException(isForbidden: false, $"{key.FullName} must be {key.Expected}");
        }
    }

    private JsonObject ReadKept()
    {
        string path = Current.Storage.SettingsFile;
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [] : [];
        }
        catch (JsonException)
        {
            // it was told of at the start; what is set now takes its place
            return [];
        }
    }
}
