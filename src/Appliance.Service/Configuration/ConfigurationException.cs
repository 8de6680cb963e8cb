namespace Appliance.Service.Configuration;

/// <summary>The configuration is wrong; the program must not start with it.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> problems) : Exception(string.Join("; ", problems))
{
    /// <summary>Everything that is wrong, one line each: where: what: what to do.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
