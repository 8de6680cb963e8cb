using System.Text.Json;

namespace Appliance.Benchmarks.Speech;

/// <summary>Reads a corpus folder: manifest.jsonl and its clips.</summary>
internal static class Corpus
{
    /// <summary>The clips that are scored: all but the category codec.</summary>
    public static IReadOnlyList<CorpusClip> Read(string folder)
    {
        List<CorpusClip> clips = [];
        foreach (string line in File.ReadLines(Path.Combine(folder, "manifest.jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement clip = document.RootElement;
            string category = clip.GetProperty("category").GetString()!;
            if (category != "codec")
            {
                clips.Add(new CorpusClip(clip.GetProperty("id").GetString()!, Path.Combine(folder, clip.GetProperty("file").GetString()!),
                    clip.GetProperty("language").GetString()!, category, clip.GetProperty("seconds").GetDouble()));
            }
        }

        return clips;
    }
}
