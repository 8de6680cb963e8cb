using System.Collections.Frozen;

namespace Appliance.Speech.Capture;

/// <summary>The sources of live audio.</summary>
public static class CaptureSources
{
    private static readonly FrozenDictionary<string, ICaptureSource> ByName =
        new ICaptureSource[] { new AlsaSource(new AlsaDevices()), new FileSource(), new StdinSource(), new AutoSource(new AlsaDevices()) }
            .ToFrozenDictionary(source => source.Name, StringComparer.Ordinal);

    /// <summary>Names of all sources.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The source of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static ICaptureSource Find(string name) => ByName.TryGetValue(name, out ICaptureSource? source)
        ? source
        : throw new ArgumentException($"unknown source '{name}': use one of {string.Join(", ", Names)}", nameof(name));
}
