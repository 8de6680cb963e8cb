using System.Runtime.InteropServices;

namespace Appliance.Native;

/// <summary>What the kernel says of the clock.</summary>
public static partial class SystemClock
{
    private const int ErrorState = 5;

    // struct timex is 208 bytes on 64-bit systems
    private const int TimexBytes = 256;

    /// <summary>
    /// Whether something (NTP, PTP) keeps the clock right: adjtimex(2) gives TIME_ERROR where nothing does. True where the call is not
    /// allowed.
    /// </summary>
    public static bool IsSynchronized
    {
        get
        {
            Span<byte> timex = stackalloc byte[TimexBytes];
            timex.Clear();
            return AdjustTime(ref MemoryMarshal.GetReference(timex)) != ErrorState;
        }
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjustTime(ref byte timex);
}
