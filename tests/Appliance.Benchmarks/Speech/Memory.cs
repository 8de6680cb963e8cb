namespace Appliance.Benchmarks.Speech;

/// <summary>Resident memory of this process, from /proc/self/status.</summary>
internal static class Memory
{
    /// <summary>Highest so far, in MB (10^6 bytes).</summary>
    public static double PeakMegabytes => Read("VmHWM:");

    /// <summary>Now, in MB (10^6 bytes).</summary>
    public static double ResidentMegabytes => Read("VmRSS:");

    private static double Read(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(key, StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1.024e-3;
    }
}
