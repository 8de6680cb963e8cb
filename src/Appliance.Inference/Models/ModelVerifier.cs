using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using Appliance.Native;
using Microsoft.Extensions.Logging;

namespace Appliance.Inference.Models;

/// <summary>Compares the files of a model with its manifest.</summary>
internal sealed class ModelVerifier(VerificationCache cache, ILogger logger, TimeProvider time)
{
    // a file that was written this recently could be written again without its times showing it
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Sizes only: what can be said without reading the files.</summary>
    public static ModelProblem? FindCheapProblem(ModelFolder folder)
    {
        foreach (ModelFile file in folder.Manifest.Files)
        {
            if (CheckOutside(folder, file)?.Problem is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Sizes and hashes of all files.</summary>
    public ModelVerification Verify(ModelFolder folder, bool ignoreCache)
    {
        long started = Stopwatch.GetTimestamp();
        List<ModelFileVerification> results = [.. folder.Manifest.Files.Select(file => Check(folder, file, ignoreCache))];
        cache.Save();
        long hashed = results.Where(result => !result.FromCache).Sum(result => result.File.Bytes);
        if (hashed > 0)
        {
            Log.ModelHashed(logger, folder.Name, folder.Path, hashed, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return new(folder, results);
    }

    /// <summary>SHA-256 of a file in lower-case hexadecimal digits, read once from start to end.</summary>
    public static string Hash(string path)
    {
        // also keeps a pipe or device, whose length reads as 0, from being opened
        if (new FileInfo(RelativePath.Resolve(Path.GetFullPath(path))).Length == 0)
        {
            return Convert.ToHexStringLower(SHA256.HashData([]));
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ModelFileVerification? CheckOutside(ModelFolder folder, ModelFile file)
    {
        string path = folder.FilePath(file.Path);
        ModelFileVerification Fault(ModelFileState state, string detail) => new(file, state, path, detail, FromCache: false);
        try
        {
            if (!RelativePath.StaysInside(folder.Path, file.Path))
            {
                return Fault(ModelFileState.OutsideFolder, $"{path} leads out of the model folder: put the file itself there, or add the model with 'appliance models add'");
            }

            FileInfo info = new(RelativePath.Resolve(path));
            if (!info.Exists)
            {
                return Fault(ModelFileState.Missing, $"{path} is missing: restore it, or remove the model and add it again");
            }

            return info.Length == file.Bytes
                ? null
                : Fault(ModelFileState.WrongSize, $"{path} has {info.Length} bytes, its manifest says {file.Bytes}: restore the file, or remove the model and add it again");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fault(ModelFileState.Unreadable, $"{path} can't be read ({e.Message}): check its owner and permissions");
        }
    }

    private ModelFileVerification Check(ModelFolder folder, ModelFile file, bool ignoreCache)
    {
        if (CheckOutside(folder, file) is { } fault)
        {
            return fault;
        }

        string path = folder.FilePath(file.Path);
        try
        {
            (string sha256, bool fromCache) = HashOrRecall(path, ignoreCache);
            return sha256.Equals(file.Sha256, StringComparison.OrdinalIgnoreCase)
                ? CheckOnnx(folder, file, path) ?? new(file, ModelFileState.Intact, path, "", fromCache)
                : new(file, ModelFileState.WrongHash, path, $"{path} is not the file that its manifest names (another SHA-256): restore the file, or remove the model and add it again", fromCache);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(file, ModelFileState.Unreadable, path, $"{path} can't be read ({e.Message}): check its owner and permissions", FromCache: false);
        }
    }

    /// <summary>The manifest vouches for its own files only: an ONNX file may not bring in others.</summary>
    private static ModelFileVerification? CheckOnnx(ModelFolder folder, ModelFile file, string path)
    {
        if (!file.Path.EndsWith(".onnx", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            string place = file.Path[..(file.Path.LastIndexOf('/') + 1)];
            OnnxExternalFile? foreign = OnnxFile.Read(path).ExternalFiles.FirstOrDefault(external => !folder.Manifest.Files.Any(known => known.Path == place + external.Location));
            return foreign is null
                ? null
                : new(file, ModelFileState.ForeignWeights, path, $"{path} takes weights from \"{foreign.Location}\", which is not in its manifest: add the model again with that file beside it", FromCache: false);
        }
        catch (ModelException e)
        {
            return new(file, ModelFileState.NotOnnx, path, e.Message, FromCache: false);
        }
    }

    private (string Sha256, bool FromCache) HashOrRecall(string path, bool ignoreCache)
    {
        FileIdentity before = FileIdentity.Of(path);
        if (!ignoreCache && cache.Find(path, before) is { } known)
        {
            return (known, true);
        }

        string sha256 = Hash(path);
        bool settled = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks - (before.ChangedNanoseconds / TimeSpan.NanosecondsPerTick) > Settling.Ticks;
        if (settled && FileIdentity.Of(path) == before)
        {
            cache.Add(path, before, sha256);
        }

        return (sha256, false);
    }
}
