using Appliance.Service.Configuration;

namespace Appliance.Service.Health.Doctor;

/// <summary>Whether the configuration can be used.</summary>
internal sealed class ConfigurationCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "configuration";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context) => context.ConfigurationProblems.Count > 0
        ? context.ConfigurationProblems.Select(Finding.Fault)
        : [Finding.Ok(File.Exists(ProductFiles.ConfigurationFile) ? ProductFiles.ConfigurationFile : "built-in defaults")];
}
