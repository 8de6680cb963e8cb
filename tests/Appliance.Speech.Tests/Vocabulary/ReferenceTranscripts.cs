using System.Text.Json;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Vocabulary;

/// <summary>The segments of the reference transcripts in shared/golden/speech.</summary>
internal static class ReferenceTranscripts
{
    /// <summary>Text, tokens and words of every segment with text.</summary>
    public static IEnumerable<ReferenceSegment> Segments()
    {
        foreach (string name in new[] { "reference-greedy.jsonl", "reference-beam5.jsonl" })
        {
            foreach (string line in File.ReadLines(SharedFolder.Require("golden", "speech", name)))
            {
                using JsonDocument clip = JsonDocument.Parse(line);
                string language = clip.RootElement.GetProperty("language").GetString()!;
                foreach (JsonElement segment in clip.RootElement.GetProperty("segments").EnumerateArray())
                {
                    yield return ReferenceSegment.Of(language, segment);
                }
            }
        }
    }
}
