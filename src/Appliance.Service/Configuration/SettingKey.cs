namespace Appliance.Service.Configuration;

/// <summary>A key that this program knows.</summary>
/// <param name="Section">Section, such as <c>speech</c>.</param>
/// <param name="Name">Name in the section, such as <c>beamSize</c>.</param>
/// <param name="Expected">What a value must be, for the message when it is not.</param>
/// <param name="Apply">Settings with the value in place, or null when the value is not as expected.</param>
internal sealed record SettingKey(
    string Section, string Name, string Expected, Func<ApplianceSettings, SettingValue, ApplianceSettings?> Apply)
{
    /// <summary>Section and name as people write it.</summary>
    public string FullName => Section + "." + Name;
}
