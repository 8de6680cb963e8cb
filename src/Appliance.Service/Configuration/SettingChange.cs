namespace Appliance.Service.Configuration;

/// <summary>What setting values did.</summary>
/// <param name="Set">Keys that were set; all of them are in force at once, none needs a restart.</param>
/// <param name="Overridden">Those among them that the environment fixes, so that they have no effect until it does not.</param>
internal sealed record SettingChange(IReadOnlyList<string> Set, IReadOnlyList<string> Overridden);
