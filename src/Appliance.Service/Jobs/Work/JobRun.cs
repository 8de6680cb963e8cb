using System.Text.Json.Nodes;
using Appliance.Service.Jobs.Engines;

namespace Appliance.Service.Jobs.Work;

/// <summary>What the work of a job is done with.</summary>
internal sealed class JobRun(Job job, DeviceTurns device, ModelPool models, Action<JsonObject> report) : IDisposable
{
    private DeviceTurn? _turn;

    /// <summary>The models.</summary>
    public ModelPool Models => models;

    /// <summary>Cancels the work.</summary>
    public CancellationToken CancellationToken => job.Cancellation;

    /// <summary>Takes the turn at the device: after loading, before the first inference.</summary>
    public void Begin()
    {
        job.MarkLoaded();
        _turn ??= device.Take(job.Rank, CancellationToken);
        job.MarkBegun();
    }

    /// <summary>Lets more urgent work first; called between two windows or steps.</summary>
    /// <exception cref="JobDisplacedException">The job must give its place up.</exception>
    public void Yield()
    {
        CancellationToken.ThrowIfCancellationRequested();
        if (job.IsDisplaced)
        {
            throw new JobDisplacedException();
        }

        _turn?.Yield(CancellationToken);
    }

    /// <summary>Tells how far it is.</summary>
    public void Report(JsonObject progress) => report(progress);

    /// <inheritdoc/>
    public void Dispose() => _turn?.Dispose();
}
