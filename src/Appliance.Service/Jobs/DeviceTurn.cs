namespace Appliance.Service.Jobs;

/// <summary>A turn at the device; disposing of it passes it on. One thread.</summary>
internal sealed class DeviceTurn(DeviceTurns device, int rank, long order) : IDisposable
{
    /// <summary>How urgent it is.</summary>
    public int Rank => rank;

    /// <summary>Who came first.</summary>
    public long Order => order;

    internal ManualResetEventSlim Granted { get; } = new();

    /// <summary>Lets more urgent work first; called between two windows or steps.</summary>
    /// <returns>True when something else was done meanwhile.</returns>
    public bool Yield(CancellationToken cancellationToken) => device.Yield(this, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => device.Release(this);
}
