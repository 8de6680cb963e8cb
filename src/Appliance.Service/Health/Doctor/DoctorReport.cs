namespace Appliance.Service.Health.Doctor;

/// <summary>What all checks found.</summary>
/// <param name="Findings">Name of the check and one finding, in order.</param>
internal sealed record DoctorReport(IReadOnlyList<(string Check, Finding Finding)> Findings)
{
    /// <summary>Whether nothing is broken.</summary>
    public bool IsHealthy => Findings.All(item => item.Finding.State != FindingState.Fault);

    /// <summary>Runs checks one after the other.</summary>
    public static DoctorReport Of(IReadOnlyList<IDoctorCheck> checks, DoctorContext context, CancellationToken cancellationToken)
    {
        List<(string, Finding)> findings = [];
        foreach (IDoctorCheck check in checks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.AddRange(Examine(check, context).Select(finding => (check.Name, finding)));
        }

        return new(findings);
    }

    private static IReadOnlyList<Finding> Examine(IDoctorCheck check, DoctorContext context)
    {
        try
        {
            return [.. check.Examine(context)];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // what is missing often shows up while a type that needs it is set up
            return [Finding.Fault((fault as TypeInitializationException)?.InnerException?.Message ?? fault.Message)];
        }
    }
}
