namespace Appliance.Service.Configuration;

/// <summary>A value that somebody gave, with its name and where it stands.</summary>
/// <param name="Section">Section as written.</param>
/// <param name="Key">Key as written.</param>
/// <param name="Value">The value.</param>
/// <param name="Source">The file, or the name of the environment variable.</param>
internal sealed record Setting(string Section, string Key, SettingValue Value, string Source);
