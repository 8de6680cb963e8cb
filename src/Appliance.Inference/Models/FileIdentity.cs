namespace Appliance.Inference.Models;

/// <summary>What stays the same as long as nobody writes to a file or puts another in its place.</summary>
internal sealed record FileIdentity
{
    public required long Bytes { get; init; }

    /// <summary>Last write, in ticks of 100 ns UTC.</summary>
    public required long Modified { get; init; }

    /// <summary>Birth of the inode, in ticks of 100 ns UTC.</summary>
    public required long Created { get; init; }

    /// <exception cref="IOException">It is not there or can't be asked.</exception>
    public static FileIdentity Of(string path)
    {
        FileInfo file = new(RelativePath.Resolve(Path.GetFullPath(path)));
        return new() { Bytes = file.Length, Modified = file.LastWriteTimeUtc.Ticks, Created = file.CreationTimeUtc.Ticks };
    }
}
