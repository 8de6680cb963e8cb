using System.Runtime.InteropServices;

namespace Appliance.Native;

/// <summary>A lock on a file that goes away with the process, however it ends.</summary>
public sealed partial class FileLock : IDisposable
{
    private const int ExclusiveWithoutWaiting = 2 | 4;

    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock (flock(2)).</summary>
    /// <param name="path">The file; it is made when it is not there.</param>
    /// <returns>The lock, or null when another process has it.</returns>
    /// <exception cref="IOException">The file can't be made.</exception>
    public static FileLock? TryTake(string path)
    {
        FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (Lock((int)stream.SafeFileHandle.DangerousGetHandle(), ExclusiveWithoutWaiting) == 0)
        {
            return new FileLock(stream);
        }

        stream.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Lock(int file, int operation);
}
