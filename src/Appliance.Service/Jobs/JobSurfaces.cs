namespace Appliance.Service.Jobs;

/// <summary>What each surface may ask for.</summary>
internal static class JobSurfaces
{
    /// <summary>The priority of a job that does not say, which is also the highest that it may have.</summary>
    public static JobPriority PriorityOf(JobSurface surface) => surface switch
    {
        JobSurface.Fleet => JobPriority.Batch,
        _ => JobPriority.Normal,
    };
}
