namespace Appliance.Service.Storage;

/// <summary>Keeps a second service off the state directory; it goes away with the process, however that ends.</summary>
internal sealed class StateLock : IDisposable
{
    // EWOULDBLOCK: .NET locks what it opens for itself alone with flock(2)
    private const int HeldByAnother = 11;

    private readonly FileStream _file;

    private StateLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The state directory.</param>
    /// <exception cref="StorageException">Another service has it, or it can't be taken.</exception>
    public static StateLock Take(string folder)
    {
        try
        {
            return new StateLock(new FileStream(Path.Combine(folder, "service.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault) when (fault.HResult == HeldByAnother)
        {
            throw new StorageException(StorageError.InUse, $"another service uses {folder}: end it first, or name another with storage.directory", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageError.Unusable, $"{folder} can't be used for the state ({fault.Message}): make it writable, or name another with storage.directory", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
