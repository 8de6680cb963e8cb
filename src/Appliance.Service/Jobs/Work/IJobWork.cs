namespace Appliance.Service.Jobs.Work;

/// <summary>What a job does. Run once, or again from the start after it was displaced.</summary>
internal interface IJobWork : IDisposable
{
    /// <summary>Whether it is speech, which goes before images of the same priority.</summary>
    bool IsSpeech { get; }

    /// <summary>Does it, on a thread of its own.</summary>
    /// <param name="run">What it works with.</param>
    /// <exception cref="JobException">It can't be done; domain faults come as they are.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="JobDisplacedException">It gave its place up.</exception>
    JobProduct Run(JobRun run);
}
