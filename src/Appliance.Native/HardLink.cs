using Appliance.Native.Interop;

namespace Appliance.Native;

/// <summary>A second name for a file, without a copy of its content.</summary>
public static class HardLink
{
    /// <summary>Makes one; false where the file system, its permissions or an existing name forbid it.</summary>
    public static bool TryCreate(string existingFile, string newName)
    {
        NativeLibraryLoader.EnsureLoaded();
        int status = NativeMethods.FileLink(existingFile, newName);
        if (status == (int)NativeStatus.FileLink)
        {
            return false;
        }

        NativeException.ThrowIfFailed(status, newName);
        return true;
    }
}
