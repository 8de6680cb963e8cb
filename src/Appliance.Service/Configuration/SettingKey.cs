using System.Text.Json.Nodes;

namespace Appliance.Service.Configuration;

/// <summary>A key that this program knows.</summary>
/// <param name="Section">Section, such as <c>speech</c>.</param>
/// <param name="Name">Name in the section, such as <c>beamSize</c> or <c>tls.caFile</c>.</param>
/// <param name="Expected">What a value must be, for the message when it is not.</param>
/// <param name="Apply">Settings with the value in place, or null when the value is not as expected.</param>
/// <param name="Show">The value in force as JSON.</param>
internal sealed record SettingKey(
    string Section, string Name, string Expected, Func<ApplianceSettings, SettingValue, ApplianceSettings?> Apply, Func<ApplianceSettings, JsonNode?> Show)
{
    /// <summary>Section and name as people write it.</summary>
    public string FullName => Section + "." + Name;

    /// <summary>The value's form in JSON Schema, without title and description.</summary>
    public required JsonObject Schema { get; init; }

    /// <summary>Whether it can be set while the service runs, from every surface (interfaces.md §7).</summary>
    public bool IsSettable { get; init; }
}
