using Appliance.Native;

namespace Appliance.Service.Jobs.Work;

/// <summary>The audio of a request, in memory only.</summary>
/// <param name="File">Its bytes: a file that libsndfile reads.</param>
internal sealed record JobAudio(MemoryFile File) : IDisposable
{
    /// <summary>Milliseconds that were lost on the way.</summary>
    public long MissingMs { get; init; }

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();
}
