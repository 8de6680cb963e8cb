using System.Runtime.InteropServices;

namespace Appliance.Native;

/// <summary>Makes what happened to the names in a folder last through a power cut.</summary>
public static partial class FolderSync
{
    private const int ReadOnlyFolder = 0x10000 | 0x80000;

    // the flag for folders has another value on arm64
    private const int ReadOnlyFolderArm64 = 0x4000 | 0x80000;

    /// <summary>Flushes a folder (fsync(2)); a file system that can't is let be.</summary>
    public static void Flush(string folder)
    {
        int file = Open(folder, RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ReadOnlyFolderArm64 : ReadOnlyFolder);
        if (file >= 0)
        {
            _ = Sync(file);
            _ = Close(file);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
