using System.Collections.Frozen;

namespace Appliance.Speech.Segmentation;

/// <summary>The modes of listening.</summary>
public static class SegmentTriggers
{
    private static readonly FrozenDictionary<string, ISegmentTrigger> ByName =
        new ISegmentTrigger[] { new ContinuousTrigger(), new PushToTalkTrigger(), new LevelTrigger() }.ToFrozenDictionary(trigger => trigger.Name, StringComparer.Ordinal);

    /// <summary>Names of all modes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The mode of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    internal static ISegmentTrigger Find(string name) => ByName.TryGetValue(name, out ISegmentTrigger? trigger)
        ? trigger
        : throw new ArgumentException($"unknown mode '{name}': use one of {string.Join(", ", Names)}", nameof(name));
}
