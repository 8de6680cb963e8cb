using System.CommandLine;
using Appliance.Service.Cli.Options;
using Appliance.Service.Cli.Output;
using Appliance.Service.Configuration;

namespace Appliance.Service.Cli;

/// <summary>What a verb works with.</summary>
/// <param name="Call">The arguments, free of errors.</param>
/// <param name="Terminal">Where results and messages go.</param>
internal sealed record CallContext(ParseResult Call, Terminal Terminal)
{
    private readonly Lazy<ApplianceSettings> _settings = new(() => GlobalOptions.Instance.SettingsOf(Call));

    /// <summary>The settings in force, read when first asked for.</summary>
    /// <exception cref="ConfigurationException">Something is wrong with them.</exception>
    public ApplianceSettings Settings => _settings.Value;
}
