using System.Globalization;

namespace Appliance.Service.Health;

/// <summary>Memory of this machine, as /proc/meminfo tells it.</summary>
/// <param name="file">The file; another one in tests.</param>
internal sealed class SystemMemory(string file = "/proc/meminfo")
{
    /// <summary>Bytes that programs can still get without swapping; null when it is not told.</summary>
    public long? Available => Read("MemAvailable:");

    /// <summary>Bytes in all.</summary>
    public long? Total => Read("MemTotal:");

    private long? Read(string key)
    {
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) : null;
        string[] parts = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return parts.Length > 1 && long.TryParse(parts[1], CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes * 1024 : null;
    }
}
