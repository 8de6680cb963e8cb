namespace Appliance.Service.Cli.Output;

/// <summary>Standard output can't be written, so there is nothing left to work for.</summary>
internal sealed class StandardOutputException(bool isClosed, Exception inner)
    : Exception($"standard output can't be written ({inner.Message}): free space or send it elsewhere", inner)
{
    /// <summary>Whether whoever read it has gone, which is no fault.</summary>
    public bool IsClosed { get; } = isClosed;
}
