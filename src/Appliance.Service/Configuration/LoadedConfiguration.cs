namespace Appliance.Service.Configuration;

/// <summary>The configuration with where each value came from.</summary>
/// <param name="Settings">The settings in force.</param>
/// <param name="Origins">File or environment variable of each key that is not at its default, by full name.</param>
/// <param name="File">The configuration file that was read, or null.</param>
/// <param name="Warnings">What was passed over of the settings made at run time.</param>
internal sealed record LoadedConfiguration(
    ApplianceSettings Settings, IReadOnlyDictionary<string, string> Origins, string? File, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether the environment fixes a key, so that setting it has no effect.</summary>
    public bool IsFixed(string fullName) => Origins.TryGetValue(fullName, out string? origin) && origin.StartsWith("APPLIANCE_", StringComparison.OrdinalIgnoreCase);
}
