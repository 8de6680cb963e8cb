using System.Collections.Frozen;

namespace Appliance.Service.Configuration;

/// <summary>Every key that is read, in one list.</summary>
internal static class SettingKeys
{
    /// <summary>Known keys in the order of their sections.</summary>
    public static IReadOnlyList<SettingKey> InOrder { get; } =
        [.. NodeKeys.All, .. ModelKeys.All, .. InferenceKeys.All, .. SpeechKeys.All, .. CaptureKeys.All, .. ImagingKeys.All, .. MqttKeys.All, .. StorageKeys.All];

    /// <summary>Known keys by `section.name`; case does not matter.</summary>
    public static FrozenDictionary<string, SettingKey> All { get; } =
        InOrder.ToFrozenDictionary(key => key.FullName, StringComparer.OrdinalIgnoreCase);

    /// <summary>Sections of the same file that belong to parts of the product which this program has not got yet.</summary>
    public static FrozenSet<string> OtherSections { get; } = new[] { "web", "wyoming", "devices" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>All known sections.</summary>
    public static IEnumerable<string> Sections => InOrder.Select(key => key.Section).Distinct().Concat(OtherSections).Order(StringComparer.Ordinal);

    /// <summary>Keys that can be set while the service runs.</summary>
    public static IEnumerable<string> Settable => InOrder.Where(key => key.IsSettable).Select(key => key.FullName);
}
