using System.Text.Json;
using Appliance.Native;
using Microsoft.Extensions.Logging;

namespace Appliance.Inference.Models;

/// <summary>
/// Hashes of files that were read before, so that loading a model does not read it twice. A cache that is missing,
/// damaged or not writable costs time and nothing else.
/// </summary>
internal sealed class VerificationCache(string? path, ILogger logger)
{
    // far more files than any set of models has; keeps folders that are long gone from piling up
    private const int MaximumEntries = 4096;
    private const long MaximumBytes = 4 << 20;

    private readonly Lock _lock = new();
    private Dictionary<string, VerifiedHash>? _hashes;
    private bool _changed;

    /// <summary><c>$XDG_CACHE_HOME/appliance/model-hashes.json</c>, else below <c>~/.cache</c>, else null.</summary>
    public static string? DefaultPath()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathRooted(cache))
        {
            string? home = Environment.GetEnvironmentVariable("HOME");
            cache = Path.IsPathRooted(home) ? Path.Combine(home, ".cache") : null;
        }

        return cache is null ? null : Path.Combine(cache, "appliance", "model-hashes.json");
    }

    public string? Find(string file, FileIdentity identity)
    {
        lock (_lock)
        {
            return (_hashes ??= Read()).TryGetValue(file, out VerifiedHash? known) && known.IsOf(identity) ? known.Sha256 : null;
        }
    }

    public void Add(string file, FileIdentity identity, string sha256)
    {
        lock (_lock)
        {
            _hashes ??= Read();
            if (_hashes.Count >= MaximumEntries)
            {
                _hashes.Clear();
            }

            _hashes[file] = VerifiedHash.Of(identity, sha256);
            _changed = true;
        }
    }

    /// <summary>Writes what was added, in one rename, so that a reader never sees half of it.</summary>
    public void Save()
    {
        lock (_lock)
        {
            if (path is null || !_changed || _hashes is null)
            {
                return;
            }

            _changed = false;
            string temporary = $"{path}.{Environment.ProcessId}";
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(_hashes, VerificationCacheJson.Default.DictionaryStringVerifiedHash));
                File.Move(temporary, path, overwrite: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.VerificationCacheNotWritten(logger, path, e.Message);
                TryDelete(temporary);
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it could not be written either; the next writer of this process id replaces it
        }
    }

    private Dictionary<string, VerifiedHash> Read()
    {
        try
        {
            if (path is not null && new FileInfo(path) is { Exists: true, Length: <= MaximumBytes })
            {
                using FileStream stream = File.OpenRead(path);
                return JsonSerializer.Deserialize(stream, VerificationCacheJson.Default.DictionaryStringVerifiedHash) ?? [];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Log.VerificationCacheNotRead(logger, path!, e.Message);
        }

        return [];
    }
}
