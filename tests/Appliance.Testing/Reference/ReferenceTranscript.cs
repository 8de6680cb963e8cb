using System.Text.Json;

namespace Appliance.Testing.Reference;

/// <summary>A transcript of shared/golden/speech: the original algorithm on the embedded pack's graphs.</summary>
public sealed record ReferenceTranscript(string Id, string Language, string Text, IReadOnlyList<ReferenceSegment> Segments)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>True when no random sampling took part.</summary>
    public bool IsDeterministic => Segments.All(segment => segment.Temperature == 0);

    /// <summary>Reads reference-greedy.jsonl or reference-beam5.jsonl.</summary>
    public static IReadOnlyList<ReferenceTranscript> Read(string path) =>
        [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<ReferenceTranscript>(line, Options)!)];
}
