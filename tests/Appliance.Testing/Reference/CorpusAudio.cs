using System.Diagnostics;
using System.Text.Json;

namespace Appliance.Testing.Reference;

/// <summary>The corpus clips as the references heard them: 16 kHz FLAC as it is, everything else as ffmpeg's 16 kHz mono 16-bit decode.</summary>
public sealed class CorpusAudio : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("appliance-corpus-");
    private readonly Dictionary<string, (string Path, bool IsExact)> _clips = [];

    /// <param name="corpus">Folder with manifest.jsonl.</param>
    public CorpusAudio(string corpus)
    {
        foreach (string line in File.ReadLines(Path.Combine(corpus, "manifest.jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement clip = document.RootElement;
            string file = clip.GetProperty("file").GetString()!;
            bool exact = file.EndsWith(".flac", StringComparison.Ordinal) && clip.GetProperty("sample_rate").GetInt32() == 16000;
            _clips[clip.GetProperty("id").GetString()!] = (Path.Combine(corpus, file), exact);
        }
    }

    /// <summary>A file to transcribe, or null when it would need ffmpeg and there is none.</summary>
    public string? Open(string id)
    {
        (string path, bool exact) = _clips[id];
        if (exact)
        {
            return path;
        }

        string decoded = Path.Combine(_folder.FullName, id + ".wav");
        ProcessStartInfo start = new("ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", path, "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", decoded]);
        try
        {
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0 ? decoded : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);
}
