namespace Appliance.Service.Configuration;

/// <summary>A setting can't be set. The message is "what is wrong: what to do".</summary>
internal sealed class SettingException(bool isForbidden, string message) : Exception(message)
{
    /// <summary>True when the key may not be set at all, false when the value is wrong.</summary>
    public bool IsForbidden { get; } = isForbidden;
}
