namespace Appliance.Native.Tests;

/// <summary>Managed bytes that a piece of code allocates on this thread.</summary>
internal static class Allocated
{
    /// <summary>
    /// The least of several runs after one to warm up: a collection that another test's thread starts ends this thread's allocation
    /// buffer, whose unused rest is then counted.
    /// </summary>
    internal static long LeastBytes(Action run)
    {
        run();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 8 && least != 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
