namespace Appliance.Service.Jobs;

/// <summary>What has become of a job.</summary>
internal enum JobState
{
    /// <summary>Its audio is still coming.</summary>
    Receiving,

    /// <summary>It waits for the device.</summary>
    Queued,

    /// <summary>It is being done, or was put aside for a more urgent one.</summary>
    Running,

    /// <summary>It has an outcome.</summary>
    Done,
}
