namespace Appliance.Service.Health.Doctor;

/// <summary>One thing that the doctor looks at. To add one: a class here and a line in <see cref="DoctorChecks"/>.</summary>
internal interface IDoctorCheck
{
    /// <summary>Short name.</summary>
    string Name { get; }

    /// <summary>Looks. A fault that is thrown counts as a finding with its message.</summary>
    IEnumerable<Finding> Examine(DoctorContext context);
}
