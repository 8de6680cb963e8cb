using System.Runtime.InteropServices;

namespace Appliance.Native;

/// <summary>What the C library's allocator holds of this process.</summary>
public static partial class ProcessMemory
{
    /// <summary>
    /// Gives freed pages back to the system. Loading a model frees as much as it keeps, scattered over the heap: worth a call then,
    /// and not in a loop, which would fault the pages in again.
    /// </summary>
    public static void Trim()
    {
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // another C library (musl) keeps no such heap
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
