namespace Appliance.Service.Jobs;

/// <summary>A job as others see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="State">What has become of it.</param>
internal sealed record JobSnapshot(string Id, string Kind, JobState State);
