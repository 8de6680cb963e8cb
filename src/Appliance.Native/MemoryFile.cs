using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Native;

/// <summary>A file that is in memory only and has no name (memfd_create(2)): for audio that must never touch a disk.</summary>
public sealed partial class MemoryFile : IDisposable
{
    private const uint CloseOnExec = 1;

    private readonly SafeFileHandle _handle;

    /// <summary>Makes an empty one.</summary>
    /// <exception cref="IOException">The system has no room for it.</exception>
    public MemoryFile()
    {
        int file = Create("appliance-audio", CloseOnExec);
        if (file < 0)
        {
            throw new IOException($"no memory file can be made (errno {Marshal.GetLastPInvokeError()}): free memory or raise the limit of open files");
        }

        _handle = new SafeFileHandle(file, ownsHandle: true);
    }

    /// <summary>Bytes in it.</summary>
    public long Length { get; private set; }

    /// <summary>A path by which this process opens it as often as needed, until it is disposed.</summary>
    public string Path => $"/proc/self/fd/{_handle.DangerousGetHandle()}";

    /// <summary>Adds to its end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, Length);
        Length += bytes.Length;
    }

    /// <summary>Writes over what stands at a place.</summary>
    public void Overwrite(long offset, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + bytes.Length, Length);
        RandomAccess.Write(_handle, bytes, offset);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Create(string name, uint flags);
}
