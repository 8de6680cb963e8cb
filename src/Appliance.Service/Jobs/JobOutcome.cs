namespace Appliance.Service.Jobs;

/// <summary>How a job ended, for those who count.</summary>
/// <param name="Job">The job.</param>
/// <param name="Type">result, failed or cancelled.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record JobOutcome(Job Job, string Type, JobError? Error)
{
    /// <summary>What it gave.</summary>
    public Work.JobProduct? Product { get; init; }
}
