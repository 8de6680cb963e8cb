using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Appliance.Speech.Transcripts;

/// <summary>The formats that transcripts are written in, by name.</summary>
public static class TranscriptFormats
{
    /// <summary>All formats.</summary>
    public static IReadOnlyList<ITranscriptFormat> All { get; } =
        [new TxtFormat(), new SrtFormat(), new VttFormat(), new TsvFormat(), new JsonFormat()];

    // throws on a duplicate name
    private static FrozenDictionary<string, ITranscriptFormat> ByName { get; } =
        new Dictionary<string, ITranscriptFormat>(All.Select(format => KeyValuePair.Create(format.Name, format)), StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a format by its name in any case.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out ITranscriptFormat? format) => ByName.TryGetValue(name, out format);

    /// <summary>Finds a format by its name in any case.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those that there are.</exception>
    public static ITranscriptFormat Find(string name) => TryFind(name, out ITranscriptFormat? format)
        ? format
        : throw new ArgumentException($"unknown transcript format \"{name}\": use {string.Join(", ", All.Select(known => known.Name))}", nameof(name));
}
