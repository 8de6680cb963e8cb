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

    /// <summary>
    /// Makes the allocator map blocks of 128 KiB and more one by one, for good: by itself it moves that limit up to 32 MB as large
    /// blocks are freed, and what a model leaves behind in the heap between such blocks is never given back (20 MB of the peak).
    /// </summary>
    public static void MapLargeBlocks()
    {
        const int MapThreshold = -3;
        try
        {
            _ = MallocOption(MapThreshold, 128 * 1024);
        }
        catch (EntryPointNotFoundException)
        {
            // another C library (musl) keeps no such heap
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallocOption(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
