using System.Globalization;

namespace Appliance.Speech.Tests.Capture;

/// <summary>How much memory of this process an action takes at its peak, managed and native, as the kernel counts it.</summary>
internal static class PeakMemory
{
    public static long Measure(Action action)
    {
        // "5" sets the peak back to what is in use now
        File.WriteAllText("/proc/self/clear_refs", "5");
        long before = Read("VmHWM:");
        action();
        // the kernel's counters lag a little, so that nothing may look like less than nothing
        return Math.Max(0, Read("VmHWM:") - before);
    }

    private static long Read(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(candidate => candidate.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
