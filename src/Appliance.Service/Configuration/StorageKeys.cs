using System.Text.Json.Nodes;

namespace Appliance.Service.Configuration;

/// <summary>Keys of the section <c>storage</c>.</summary>
internal static class StorageKeys
{
    private const int MaximumDays = 36500;

    private static readonly SettingSection<StorageSettings> Section = new("storage", all => all.Storage, (all, section) => all with { Storage = section });

    private static readonly SettingSection<StorageSettings> Settable =
        new("storage", all => all.Storage, (all, section) => all with { Storage = section }) { IsSettable = true };

    /// <summary>The keys.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Section.Text("directory", "the path of a folder", storage => storage.Directory,
            (storage, folder) => folder.Length > 0 ? storage with { Directory = Path.GetFullPath(folder) } : null),
        Settable.Whole("retentionDays", $"a whole number of days up to {MaximumDays}, or 0 to keep nothing", 0, MaximumDays, storage => storage.RetentionDays,
            (storage, days) => storage with { RetentionDays = (int)days }),
        Section.Whole("maxBytes", "a whole number of bytes, at least 1048576", 1 << 20, long.MaxValue, storage => storage.MaxBytes,
            (storage, bytes) => storage with { MaxBytes = bytes }),
        Section.Key("keepAudio", "false: keeping audio comes with the settings page, which alone turns it on", new JsonObject { ["const"] = false },
            _ => false, (storage, value) => value.AsFlag() is false ? storage : null),
    ];
}
