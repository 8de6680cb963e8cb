using System.Collections.Frozen;

namespace Appliance.Service.Jobs.Work;

/// <summary>The kinds of jobs.</summary>
internal static class JobKinds
{
    private static readonly FrozenDictionary<string, IJobKind> ByName =
        new Dictionary<string, IJobKind>(new IJobKind[] { new TranscribeKind(), new GenerateKind() }.Select(kind => KeyValuePair.Create(kind.Name, kind)))
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of all kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The kind of a name, or null.</summary>
    public static IJobKind? Find(string name) => ByName.GetValueOrDefault(name);
}
