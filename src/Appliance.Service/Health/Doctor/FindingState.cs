namespace Appliance.Service.Health.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but something is amiss.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Fault,
}
