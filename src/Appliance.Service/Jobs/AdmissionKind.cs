namespace Appliance.Service.Jobs;

/// <summary>What can become of a request when it comes in.</summary>
internal enum AdmissionKind
{
    /// <summary>It was taken, or refused for good: it is on the disk.</summary>
    Stored,

    /// <summary>The same request is being worked on.</summary>
    Running,

    /// <summary>The same request has an outcome, which was sent again.</summary>
    Repeated,

    /// <summary>Another request has that id.</summary>
    Conflict,
}
