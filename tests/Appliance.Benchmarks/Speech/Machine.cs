using Appliance.Native;

namespace Appliance.Benchmarks.Speech;

/// <summary>What a result was measured on.</summary>
internal static class Machine
{
    /// <summary>Processor, cores and SIMD level in one line.</summary>
    public static string Describe()
    {
        string model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
        return $"{model}, {Environment.ProcessorCount} cores, {NativeRuntime.SimdLevel}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";
    }
}
