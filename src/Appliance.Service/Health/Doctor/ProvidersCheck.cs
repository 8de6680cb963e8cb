using Appliance.Inference.Sessions;

namespace Appliance.Service.Health.Doctor;

/// <summary>Which execution providers are used, and why the others are not.</summary>
internal sealed class ProvidersCheck : IDoctorCheck
{
    // as the drivers of desktop cards and of Jetson boards name them
    private static readonly string[] GpuDevices = ["/dev/nvidia0", "/dev/nvhost-gpu", "/dev/nvhost-ctrl-gpu", "/dev/nvgpu"];

    /// <inheritdoc/>
    public string Name => "providers";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(DoctorContext context)
    {
        bool hasGpu = GpuDevices.Any(Path.Exists);
        return context.Sessions.Providers.Select(report => FindingOf(report, hasGpu));
    }

    // without a GPU it is no loss that its providers are not used
    private static Finding FindingOf(ProviderReport report, bool hasGpu)
    {
        string text = $"{report.Name}: {(report.Used ? report.Text : $"not used ({report.Reason}): {report.Text}")}";
        return report.Used || !hasGpu
            ? Finding.Ok(text)
            : Finding.Fault(text) with { State = FindingState.Warning };
    }
}
