using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Service.Configuration;

namespace Appliance.Service.Health.Doctor;

/// <summary>What checks look at. ONNX Runtime is loaded by the first check that needs it.</summary>
internal sealed class DoctorContext(ApplianceSettings settings, IReadOnlyList<string> configurationProblems) : IDisposable
{
    private readonly Lazy<SessionFactory> _sessions = new(() => new SessionFactory(settings.Inference.ToSessionSettings()));

    /// <summary>The settings in force; built-in defaults when the configured ones are wrong.</summary>
    public ApplianceSettings Settings { get; } = settings;

    /// <summary>What is wrong with the configuration.</summary>
    public IReadOnlyList<string> ConfigurationProblems { get; } = configurationProblems;

    /// <summary>The models below the configured roots.</summary>
    public ModelCatalog Catalog { get; } = new(settings.Models.Roots);

    /// <summary>ONNX Runtime with the configured providers.</summary>
    /// <exception cref="Appliance.Inference.InferenceException">It can't be loaded.</exception>
    public SessionFactory Sessions => _sessions.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_sessions.IsValueCreated)
        {
            _sessions.Value.Dispose();
        }
    }
}
